package dev.matrix.refunds.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a call by {@link ProviderApi}. */
public sealed interface ProviderAnswer {

    /**
     * The provider answered with a JSON object.
     *
     * @param retryAfter how long its header asks to wait, at most a day; null: it doesn't ask
     */
    record Answered(int status, JsonFields body, @Nullable Duration retryAfter) implements ProviderAnswer {

        /** Whether the status is one of success, 200 to 299. */
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** There is no answer that could be read. */
    sealed interface Missing extends ProviderAnswer {

        /** What happened, in words that hold no secret. */
        String cause();

        /** The outcome of a refund that was being sent. */
        ProviderResult result();

        /** The outcome of a look-up. */
        default LookupResult lookup() {
            return new LookupResult.Unavailable(cause());
        }
    }

    /** No byte of the request left, so the provider has certainly not acted. */
    record NotSent(String cause) implements Missing {

        @Override
        public ProviderResult result() {
            return new ProviderResult.NotExecuted(Attempted.NOT_SENT, cause, null);
        }
    }

    /** The request may have arrived: no answer came, or none that is the provider's, such as a redirect or a page of a proxy. */
    record Unclear(String cause) implements Missing {

        @Override
        public ProviderResult result() {
            return new ProviderResult.Unknown(cause);
        }
    }
}
