package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.api.RateLimiter;
import dev.matrix.core.api.RatePolicy;
import dev.matrix.core.api.RateVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract fails on limiters as one would write them at first. */
class RateLimiterContractTest {

    /** Counts calls in windows that begin at whole minutes. */
    private static final class Windows implements RateLimiter {

        private final Map<Object, Integer> taken = new HashMap<>();

        @Override
        public synchronized RateVerdict acquire(RatePolicy policy, String key, int units, Instant now) {
            long seconds = policy.window().toSeconds();
            Object window = Map.entry(key, Math.floorDiv(now.getEpochSecond(), seconds));
            int sum = taken.merge(window, units, Integer::sum);
            Duration rest = Duration.ofSeconds(seconds - Math.floorMod(now.getEpochSecond(), seconds));
            return new RateVerdict(sum <= policy.quota(), Math.max(0, policy.quota() - sum), rest);
        }
    }

    private static final RateLimiterContract WINDOWS = Windows::new;
    private static final RateLimiterContract UNLIMITED = RateLimiter::unlimited;

    @Test
    void itFindsOneThatAdmitsEverything() {
        assertThatThrownBy(UNLIMITED::whoeverHasUsedTheQuotaUpIsRefusedUntilAUnitHasComeBack)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(UNLIMITED::manyThreadsTogetherGetNoMoreThanTheQuota).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneThatRefillsInOneBatch() {
        assertThatThrownBy(WINDOWS::unitsComeBackEvenlyAndNotInOneBatch).isInstanceOf(AssertionError.class);
        assertThatThrownBy(WINDOWS::whoTakesTheLastUnitHearsWhenTheNextOneComes).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneThatBelievesAClockThatIsSetBack() {
        assertThatThrownBy(WINDOWS::aClockThatIsSetBackRefillsNothing).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneThatTakesUnitsOfACallThatItRefuses() {
        assertThatThrownBy(WINDOWS::severalUnitsAreTakenTogetherOrNotAtAll).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneWhosePoliciesShareABucket() {
        assertThatThrownBy(WINDOWS::eachKeyAndEachPolicyHasItsOwnBucket).isInstanceOf(AssertionError.class);
    }
}
