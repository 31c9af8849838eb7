package dev.matrix.refunds.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a provider can do. Immutable; starts with {@link #defaults()}.
 *
 * @param currencies currency code to the decimals that the provider counts in; others are refused before any call
 * @param partial whether less than a capture can be returned; default true
 * @param multiple whether a capture can be returned in several parts; default true
 * @param maxRefunds at most how many refunds a capture can have; null (default): any number
 * @param window for how long after the capture it can be returned; null (default): for ever
 * @param keyLifetime for how long a repeated key is recognised; {@link Duration#ZERO} (default): there are no keys; {@link
 *     #FOREVER} is allowed
 * @param absenceReliableAfter how long after the end of the last attempt "no such refund" can be believed; default 5 minutes
 * @param resubmitPendingAfter after how long a pending refund is sent again under the same key, such as with a higher fee; null
 *     (default): never
 * @param cancellable whether a pending refund can be cancelled; default false
 * @param needsDestination whether a refund says where it goes; default false, and then none may be given
 * @param lateFailure whether a settled refund can fail later; default false
 * @param serialPerCapture whether one capture takes one call at a time; default true
 * @param remote whether it needs the Matrix's transport; default true
 * @param options the names of options that it takes; none by default
 */
public record ProviderCapabilities(
        Map<String, Integer> currencies,
        boolean partial,
        boolean multiple,
        @Nullable Integer maxRefunds,
        @Nullable Duration window,
        Duration keyLifetime,
        Duration absenceReliableAfter,
        @Nullable Duration resubmitPendingAfter,
        boolean cancellable,
        boolean needsDestination,
        boolean lateFailure,
        boolean serialPerCapture,
        boolean remote,
        Set<String> options) {

    /** A key that is recognised for ever. */
    public static final Duration FOREVER = Duration.ofDays(36_500);

    private static final ProviderCapabilities DEFAULTS = new ProviderCapabilities(
            Map.of(),
            true,
            true,
            null,
            null,
            Duration.ZERO,
            Duration.ofMinutes(5),
            null,
            false,
            false,
            false,
            true,
            true,
            Set.of());

    public ProviderCapabilities {
        currencies = Map.copyOf(currencies);
        options = Set.copyOf(options);
        if (keyLifetime.isNegative() || absenceReliableAfter.isNegative()) {
            throw new InvalidRequestException("A provider's keyLifetime and absenceReliableAfter are 0 or longer.");
        }
        if (maxRefunds != null && maxRefunds < 1) {
            throw new InvalidRequestException("A provider's maxRefunds is 1 or more; null means any number.");
        }
        if (resubmitPendingAfter != null && (resubmitPendingAfter.isNegative() || resubmitPendingAfter.isZero())) {
            throw new InvalidRequestException("A provider's resubmitPendingAfter is longer than 0; null means never.");
        }
    }

    /** No currencies, and the defaults that each parameter names. */
    public static ProviderCapabilities defaults() {
        return DEFAULTS;
    }

    private ProviderCapabilities with(Consumer<Edit> change) {
        Edit edit = new Edit(this);
        change.accept(edit);
        return edit.done();
    }

    /** These with one more currency, in which the provider counts {@code decimals} decimals. */
    public ProviderCapabilities withCurrency(String code, int decimals) {
        Map<String, Integer> more = new HashMap<>(currencies);
        more.put(requireNonNull(code, "code"), decimals);
        return with(edit -> edit.currencies = more);
    }

    /** These with keys that are recognised for so long. */
    public ProviderCapabilities withKeyLifetime(Duration lifetime) {
        return with(edit -> edit.keyLifetime = lifetime);
    }

    /** These, where an absence can be believed so long after the last attempt. */
    public ProviderCapabilities withAbsenceReliableAfter(Duration pause) {
        return with(edit -> edit.absenceReliableAfter = pause);
    }

    /** These, where a refund that has been pending for so long is sent again under the same key. */
    public ProviderCapabilities withResubmitPendingAfter(Duration pause) {
        return with(edit -> edit.resubmitPendingAfter = pause);
    }

    /** These, where a capture is returned whole or not at all. */
    public ProviderCapabilities wholeOnly() {
        return with(edit -> {
            edit.partial = false;
            edit.multiple = false;
        });
    }

    /** These with at most so many refunds of one capture, not later than {@code within} after it; null: unlimited. */
    public ProviderCapabilities limited(@Nullable Integer refunds, @Nullable Duration within) {
        return with(edit -> {
            edit.maxRefunds = refunds;
            edit.window = within;
        });
    }

    /** These with pending refunds that can be cancelled. */
    public ProviderCapabilities withCancel() {
        return with(edit -> edit.cancellable = true);
    }

    /** These, where each refund says where it goes. */
    public ProviderCapabilities withDestination() {
        return with(edit -> edit.needsDestination = true);
    }

    /** These with settled refunds that can fail later. */
    public ProviderCapabilities withLateFailure() {
        return with(edit -> edit.lateFailure = true);
    }

    /** These, for a provider within this process that needs no transport and can work at one capture in parallel. */
    public ProviderCapabilities local() {
        return with(edit -> {
            edit.serialPerCapture = false;
            edit.remote = false;
        });
    }

    /** These with options that the provider takes. */
    public ProviderCapabilities withOptions(Set<String> names) {
        return with(edit -> edit.options = names);
    }

    /** Collects changes. */
    private static final class Edit {

        private Map<String, Integer> currencies;
        private boolean partial;
        private boolean multiple;
        private @Nullable Integer maxRefunds;
        private @Nullable Duration window;
        private Duration keyLifetime;
        private Duration absenceReliableAfter;
        private @Nullable Duration resubmitPendingAfter;
        private boolean cancellable;
        private boolean needsDestination;
        private boolean lateFailure;
        private boolean serialPerCapture;
        private boolean remote;
        private Set<String> options;

        private Edit(ProviderCapabilities c) {
            currencies = c.currencies;
            partial = c.partial;
            multiple = c.multiple;
            maxRefunds = c.maxRefunds;
            window = c.window;
            keyLifetime = c.keyLifetime;
            absenceReliableAfter = c.absenceReliableAfter;
            resubmitPendingAfter = c.resubmitPendingAfter;
            cancellable = c.cancellable;
            needsDestination = c.needsDestination;
            lateFailure = c.lateFailure;
            serialPerCapture = c.serialPerCapture;
            remote = c.remote;
            options = c.options;
        }

        private ProviderCapabilities done() {
            return new ProviderCapabilities(
                    currencies,
                    partial,
                    multiple,
                    maxRefunds,
                    window,
                    keyLifetime,
                    absenceReliableAfter,
                    resubmitPendingAfter,
                    cancellable,
                    needsDestination,
                    lateFailure,
                    serialPerCapture,
                    remote,
                    options);
        }
    }
}
