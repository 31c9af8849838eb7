package dev.matrix.refunds.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a call to a provider. Null or an exception in its place counts as {@link Unknown}. */
public sealed interface ProviderResult {

    /** What a look-up can find, too. */
    sealed interface Known extends ProviderResult {

        /** The provider's id of the refund; null: it told none. */
        @Nullable
        String providerRef();

        /** What it reports beside the state. */
        ProviderFacts facts();
    }

    /**
     * The money was returned.
     *
     * @param providerRef the provider's id of the refund
     */
    record Succeeded(String providerRef, ProviderFacts facts) implements Known {

        public Succeeded {
            requireNonNull(providerRef, "providerRef");
            requireNonNull(facts, "facts");
        }
    }

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
            implements Known {

        public Pending {
            requireNonNull(facts, "facts");
        }
    }

    /** The final no: nothing has moved, and nothing will. */
    record Declined(
            DeclineCode code, String message, @Nullable String providerRef, ProviderFacts facts) implements Known {

        public Declined {
            requireNonNull(code, "code");
            requireNonNull(message, "message");
            requireNonNull(facts, "facts");
        }
    }

    /**
     * It is proven not to have happened, so the same key can be tried again.
     *
     * @param retryAfter how long to wait at least; null: the engine's own pause
     */
    record NotExecuted(
            Attempted why, String message, @Nullable Duration retryAfter) implements ProviderResult {

        public NotExecuted {
            requireNonNull(why, "why");
            requireNonNull(message, "message");
        }
    }

    /** Nobody can tell: it may have happened. Only a look-up decides. */
    record Unknown(String cause) implements ProviderResult {

        public Unknown {
            requireNonNull(cause, "cause");
        }
    }

    /** What a person has to do before the refund goes on. */
    record CustomerAction(
            String text, @Nullable URI link, @Nullable Instant expiresAt) {}
}
