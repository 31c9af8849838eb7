package dev.matrix.refunds.spi;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a call to a provider. Null or an exception in its place counts as {@link Unknown}. */
public sealed interface ProviderResult {

    /** What a look-up can find, too. */
    sealed interface Known extends ProviderResult {}

    /**
     * The money was returned.
     *
     * @param providerRef the provider's id of the refund
     */
    record Succeeded(String providerRef, ProviderFacts facts) implements Known {}

    /**
     * The provider accepted it and hasn't settled it.
     *
     * @param checkAt when to look it up again, taken as 1 minute to 24 hours from now; null: after 1 h, 6 h, then daily
     * @param action what a person has to do first; null: nothing
     */
    record Pending(
            @Nullable String providerRef,
            @Nullable Instant checkAt,
            @Nullable CustomerAction action,
            ProviderFacts facts)
            implements Known {}

    /** The final no: nothing has moved, and nothing will. */
    record Declined(
            DeclineCode code, String message, @Nullable String providerRef, ProviderFacts facts) implements Known {}

    /**
     * It is proven not to have happened, so the same key can be tried again.
     *
     * @param retryAfter how long to wait at least; null: the engine's own pause
     */
    record NotExecuted(
            Attempted why, String message, @Nullable Duration retryAfter) implements ProviderResult {}

    /** Nobody can tell: it may have happened. Only a look-up decides. */
    record Unknown(String cause) implements ProviderResult {}

    /** What a person has to do before the refund goes on. */
    record CustomerAction(
            String text, @Nullable URI link, @Nullable Instant expiresAt) {}
}
