package dev.matrix.refunds.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
 * @param cancellable whether a pending refund can be cancelled; default false
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
        boolean cancellable,
        boolean lateFailure,
        boolean serialPerCapture,
        boolean remote,
        Set<String> options) {

    /** A key that is recognised for ever. */
    public static final Duration FOREVER = Duration.ofDays(36_500);

    private static final ProviderCapabilities DEFAULTS = new ProviderCapabilities(
            Map.of(), true, true, null, null, Duration.ZERO, Duration.ofMinutes(5), false, false, true, true, Set.of());

    public ProviderCapabilities {
        currencies = Map.copyOf(currencies);
        options = Set.copyOf(options);
        if (keyLifetime.isNegative() || absenceReliableAfter.isNegative()) {
            throw new InvalidRequestException("A provider's keyLifetime and absenceReliableAfter are 0 or longer.");
        }
        if (maxRefunds != null && maxRefunds < 1) {
            throw new InvalidRequestException("A provider's maxRefunds is 1 or more; null means any number.");
        }
    }

    /** No currencies, and the defaults that each parameter names. */
    public static ProviderCapabilities defaults() {
        return DEFAULTS;
    }

    /** These with one more currency, in which the provider counts {@code decimals} decimals. */
    public ProviderCapabilities withCurrency(String code, int decimals) {
        Map<String, Integer> more = new HashMap<>(currencies);
        more.put(requireNonNull(code, "code"), decimals);
        return with(more, keyLifetime, absenceReliableAfter);
    }

    /** These with keys that are recognised for so long. */
    public ProviderCapabilities withKeyLifetime(Duration lifetime) {
        return with(currencies, lifetime, absenceReliableAfter);
    }

    /** These, where an absence can be believed so long after the last attempt. */
    public ProviderCapabilities withAbsenceReliableAfter(Duration pause) {
        return with(currencies, keyLifetime, pause);
    }

    private ProviderCapabilities with(Map<String, Integer> codes, Duration lifetime, Duration reliable) {
        return new ProviderCapabilities(
                codes,
                partial,
                multiple,
                maxRefunds,
                window,
                lifetime,
                reliable,
                cancellable,
                lateFailure,
                serialPerCapture,
                remote,
                options);
    }

    /** These, where a capture is returned whole or not at all. */
    public ProviderCapabilities wholeOnly() {
        return new ProviderCapabilities(
                currencies,
                false,
                false,
                maxRefunds,
                window,
                keyLifetime,
                absenceReliableAfter,
                cancellable,
                lateFailure,
                serialPerCapture,
                remote,
                options);
    }

    /** These with at most so many refunds of one capture, not later than {@code within} after it; null: unlimited. */
    public ProviderCapabilities limited(@Nullable Integer refunds, @Nullable Duration within) {
        return new ProviderCapabilities(
                currencies,
                partial,
                multiple,
                refunds,
                within,
                keyLifetime,
                absenceReliableAfter,
                cancellable,
                lateFailure,
                serialPerCapture,
                remote,
                options);
    }

    /** These with pending refunds that can be cancelled. */
    public ProviderCapabilities withCancel() {
        return new ProviderCapabilities(
                currencies,
                partial,
                multiple,
                maxRefunds,
                window,
                keyLifetime,
                absenceReliableAfter,
                true,
                lateFailure,
                serialPerCapture,
                remote,
                options);
    }

    /** These with settled refunds that can fail later. */
    public ProviderCapabilities withLateFailure() {
        return new ProviderCapabilities(
                currencies,
                partial,
                multiple,
                maxRefunds,
                window,
                keyLifetime,
                absenceReliableAfter,
                cancellable,
                true,
                serialPerCapture,
                remote,
                options);
    }

    /** These, for a provider within this process that needs no transport and can work at one capture in parallel. */
    public ProviderCapabilities local() {
        return new ProviderCapabilities(
                currencies,
                partial,
                multiple,
                maxRefunds,
                window,
                keyLifetime,
                absenceReliableAfter,
                cancellable,
                lateFailure,
                false,
                false,
                options);
    }

    /** These with options that the provider takes. */
    public ProviderCapabilities withOptions(Set<String> names) {
        return new ProviderCapabilities(
                currencies,
                partial,
                multiple,
                maxRefunds,
                window,
                keyLifetime,
                absenceReliableAfter,
                cancellable,
                lateFailure,
                serialPerCapture,
                remote,
                names);
    }
}
