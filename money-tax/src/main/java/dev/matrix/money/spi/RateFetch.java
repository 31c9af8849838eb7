package dev.matrix.money.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of asking a source. */
public sealed interface RateFetch {

    /**
     * It answered.
     *
     * @param observed at least one observation, in any order; what is stored already changes nothing
     * @param note handed back at the next request, such as the answer's ETag; null: nothing
     */
    record Fetched(List<ObservedRates> observed, @Nullable String note) implements RateFetch {

        public Fetched {
            observed = List.copyOf(observed);
        }
    }

    /** It has nothing newer than what it was told in {@link FetchRequest#note()}. */
    record NotModified() implements RateFetch {}

    /**
     * It didn't answer, or what it said can't be used. Nothing of it is stored.
     *
     * @param retry whether asking again soon may help; if not, the longest pause is made
     * @param why for people: what happened, without a key
     * @param retryAfter how long the source asks to wait, of which 30 s to 1 day are heeded; null: it doesn't say
     */
    record Failed(boolean retry, String why, @Nullable Duration retryAfter) implements RateFetch {

        public Failed {
            requireNonNull(why, "why");
        }

        /** A failure that may pass. */
        public static Failed passing(String why) {
            return new Failed(true, why, null);
        }

        /** A failure that needs a person. */
        public static Failed lasting(String why) {
            return new Failed(false, why, null);
        }
    }
}
