package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.core.StorageException;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the {@link StoreClock} of any stores promises: one time for all nodes, whatever their own clocks say. */
public interface StoreClockContract extends StoreContract {

    /** How far two nodes' readings of one store may be apart. */
    Duration NEAR = Duration.ofSeconds(1);

    /** Makes the stores unreachable and says true; false where they are within the process and always answer: the default. */
    default boolean cutOff(Stores stores) {
        return false;
    }

    private static void assertNear(StoreClock one, StoreClock other) {
        Instant before = one.instant();
        Instant read = other.instant();
        Instant after = one.instant();
        assertThat(read).isBetween(before.minus(NEAR), after.plus(NEAR));
    }

    @Test
    default void aNewClockTellsTheTimeAndIsTrusted() {
        StoreClock clock = stores().clock(ManualClock.at("2026-01-01T00:00:00Z"));
        clock.refresh();

        assertThat(clock.isTrusted()).isTrue();
        assertThat(clock.instant()).isAfter(Instant.EPOCH);
    }

    @Test
    default void nodesWhoseClocksAreYearsApartReadOneTime() {
        Stores stores = stores();
        StoreClock one = stores.clock(ManualClock.at("2026-01-01T00:00:00Z"));
        StoreClock other = stores.clock(ManualClock.at("2001-01-01T00:00:00Z"));

        assertNear(one, other);
        one.refresh();
        other.refresh();
        assertNear(one, other);
    }

    @Test
    default void whoeverSetsANodesClockMovesNoStoreTime() {
        Stores stores = stores();
        StoreClock steady = stores.clock(ManualClock.at("2026-01-01T00:00:00Z"));
        ManualClock node = ManualClock.at("2026-01-01T00:00:00Z");
        StoreClock clock = stores.clock(node);

        for (Duration step : List.of(Duration.ofDays(100), Duration.ofDays(-365), Duration.ofSeconds(5))) {
            node.advance(step);
            assertNear(steady, clock);
            clock.refresh();
            assertNear(steady, clock);
            assertThat(clock.isTrusted()).isTrue();
        }
    }

    @Test
    default void readingsOfOneClockNeverGoBackWhoeverReads() {
        StoreClock clock = stores().clock(ManualClock.at("2026-01-01T00:00:00Z"));
        List<OtherThread<Boolean>> readers = IntStream.range(0, 3)
                .mapToObj(n -> OtherThread.running(() -> {
                    Instant latest = clock.instant();
                    for (int i = 0; i < 2_000; i++) {
                        if (n == 0 && i % 100 == 0) {
                            clock.refresh();
                        }
                        Instant read = clock.instant();
                        if (read.isBefore(latest)) {
                            return false;
                        }
                        latest = read;
                    }
                    return true;
                }))
                .toList();

        assertThat(readers).allMatch(OtherThread::join);
    }

    @Test
    default void withoutAnAnswerItSaysSoAndGoesOn() {
        Stores stores = stores();
        StoreClock clock = stores.clock(ManualClock.at("2026-01-01T00:00:00Z"));
        Instant before = clock.instant();
        assumeTrue(cutOff(stores), "these stores always answer");

        assertThatThrownBy(clock::refresh).isInstanceOf(StorageException.class);

        assertThat(clock.instant()).isBetween(before, before.plus(Duration.ofMinutes(5)));
    }
}
