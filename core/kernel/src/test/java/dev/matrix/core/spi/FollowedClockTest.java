package dev.matrix.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Store time as a node follows it, over answers that come late, lie or fail to come. */
@Tag("E13")
@Tag("E18")
class FollowedClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Real time; the machine may be suspended, which the ticks miss. */
    private Instant now = START;

    private long ticks = Long.MAX_VALUE - 5;
    private final Deque<Duration> lies = new ArrayDeque<>();
    private final Deque<Duration> trips = new ArrayDeque<>();
    private boolean silent;
    private final FollowedClock clock = FollowedClock.of(this::ask, () -> ticks);

    private FollowedClock.Answer ask(LongSupplier source) {
        if (silent) {
            throw new StorageException("no answer");
        }
        Duration half = (trips.isEmpty() ? Duration.ofMillis(2) : trips.remove()).dividedBy(2);
        long asked = source.getAsLong();
        elapse(half);
        Instant told = now.plus(lies.isEmpty() ? Duration.ZERO : lies.remove());
        elapse(half);
        return new FollowedClock.Answer(asked, told, source.getAsLong());
    }

    private void elapse(Duration time) {
        now = now.plus(time);
        ticks += time.toNanos();
    }

    private Duration wrongBy() {
        return Duration.between(now, clock.instant());
    }

    @Test
    void itIsTheStoresTimeAndGoesOnInMicroseconds() {
        assertThat(clock.instant()).isEqualTo(now);
        assertThat(clock.isTrusted()).isTrue();

        elapse(Duration.ofSeconds(7).plusNanos(1_900));

        assertThat(clock.instant()).isEqualTo(now.minusNanos(900));
    }

    @Test
    void itIsTrustedForAMinuteAfterEachAnswer() {
        elapse(Duration.ofSeconds(60));
        assertThat(clock.isTrusted()).isTrue();
        elapse(Duration.ofMillis(1));
        assertThat(clock.isTrusted()).isFalse();

        clock.refresh();

        assertThat(clock.isTrusted()).isTrue();
    }

    @Test
    void withoutAnAnswerItGoesOnUntrusted() {
        silent = true;
        elapse(Duration.ofSeconds(61));

        assertThatThrownBy(clock::refresh).isInstanceOf(StorageException.class);
        assertThat(clock.isTrusted()).isFalse();
        assertThat(wrongBy()).isZero();

        silent = false;
        elapse(Duration.ofHours(5));
        clock.refresh();
        assertThat(clock.isTrusted()).isTrue();
    }

    @Test
    void byLittleItStandsStillInsteadOfSteppingBack() {
        lies.add(Duration.ofMillis(900));
        clock.refresh();
        Instant ahead = clock.instant();
        assertThat(wrongBy()).isEqualTo(Duration.ofMillis(900));

        clock.refresh();
        assertThat(clock.instant()).isEqualTo(ahead);
        assertThat(clock.isTrusted()).isTrue();

        elapse(Duration.ofSeconds(1));
        assertThat(wrongBy()).isZero();
    }

    @Test
    void oneAnswerThatLiesAheadIsNeverKept() {
        lies.add(Duration.ofDays(100));
        clock.refresh();

        assertThat(clock.isTrusted()).as("until it is explained").isFalse();
        assertThat(wrongBy()).isZero();

        clock.refresh();
        assertThat(clock.isTrusted()).as("the next one is as expected").isTrue();
        assertThat(wrongBy()).isZero();
    }

    @Test
    void answersThatDisagreeAmongEachOtherAreBelievedNever() {
        for (int days = 1; days < 20; days++) {
            lies.add(Duration.ofDays(days));
            clock.refresh();
            assertThat(clock.isTrusted()).isFalse();
            assertThat(wrongBy()).isZero();
        }
    }

    @Test
    void aStoreWhoseClockWasSetIsFollowedOnceThreeAnswersAgreeForthAndBack() {
        for (int i = 0; i < 3; i++) {
            assertThat(wrongBy()).isZero();
            lies.add(Duration.ofDays(365));
            clock.refresh();
            elapse(Duration.ofSeconds(1));
        }
        assertThat(clock.isTrusted()).isTrue();
        assertThat(wrongBy()).isEqualTo(Duration.ofDays(365));

        for (int i = 0; i < 3; i++) {
            clock.refresh();
        }
        assertThat(clock.isTrusted()).isTrue();
        assertThat(wrongBy()).as("it steps back").isZero();
    }

    @Test
    void aMachineThatWasSuspendedIsBehindAndFindsItOut() {
        now = now.plus(Duration.ofMinutes(40));
        clock.refresh();
        assertThat(clock.isTrusted()).isFalse();
        assertThat(wrongBy()).isNegative();

        clock.refresh();
        clock.refresh();

        assertThat(clock.isTrusted()).isTrue();
        assertThat(wrongBy()).isZero();
    }

    @Test
    void anAnswerThatTookTooLongIsThrownAwayAndAskedForAgain() {
        trips.add(Duration.ofMinutes(40));
        clock.refresh();
        assertThat(wrongBy()).isZero();

        for (int i = 0; i < 3; i++) {
            trips.add(Duration.ofMillis(1_002));
        }
        elapse(Duration.ofSeconds(60));
        assertThatThrownBy(clock::refresh)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("1000 ms")
                .hasMessageContaining("3 times");
        assertThat(clock.isTrusted()).isFalse();
        assertThat(wrongBy()).isZero();
    }

    @Test
    void firstAnswersThatDisagreeOrAreSlowBeginUntrusted() {
        lies.add(Duration.ofDays(100));
        assertThat(FollowedClock.of(this::ask, () -> ticks).isTrusted()).isFalse();

        for (int i = 0; i < 6; i++) {
            trips.add(Duration.ofSeconds(10 - i));
        }
        FollowedClock slow = FollowedClock.of(this::ask, () -> ticks);
        assertThat(slow.isTrusted()).isFalse();
        slow.refresh();
        assertThat(slow.isTrusted()).isTrue();
        assertThat(slow.instant()).isEqualTo(now);
    }
}
