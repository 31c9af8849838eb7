package dev.matrix.webhooks;

import static dev.matrix.webhooks.Breaker.Change.NONE;
import static dev.matrix.webhooks.Breaker.Change.OPENED;
import static dev.matrix.webhooks.Breaker.Change.RECOVERED;
import static dev.matrix.webhooks.RequestRows.START;
import static dev.matrix.webhooks.RequestRows.seeded;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.TransportException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W20")
class BreakerTest {

    private static final Verdict GOOD = RequestRows.status(200);
    private static final Verdict BAD = RequestRows.status(500);
    private static final Verdict REFUSED = RequestRows.status(404);

    private final RandomGenerator random = seeded(20);
    private Breaker breaker = Breaker.decode("");
    private Instant now = START;

    private Breaker.Change send(Verdict verdict) {
        return breaker.note(breaker.enter(now), verdict, now, random);
    }

    private void send(Verdict verdict, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(send(verdict)).isEqualTo(NONE);
        }
    }

    private void trip() {
        send(BAD, 9);
        assertThat(send(BAD)).isEqualTo(OPENED);
    }

    private Instant openUntil() {
        return requireNonNull(breaker.openUntil());
    }

    @Test
    void tenFailuresInARowOpenIt() {
        send(BAD, 9);
        assertThat(breaker.admits(now)).isTrue();

        assertThat(send(BAD)).isEqualTo(OPENED);
        assertThat(breaker.admits(now)).isFalse();
        assertThat(Duration.between(now, openUntil())).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
    }

    @Test
    void anyOtherReplyEndsTheRow() {
        send(GOOD, 20);
        send(BAD, 9);
        send(REFUSED, 1);
        send(BAD, 9);

        assertThat(breaker.openUntil()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DNS", "CONNECT", "TLS", "RESET", "TIMEOUT"})
    void networkFailuresCount(Kind kind) {
        send(RequestRows.error(kind), 9);
        assertThat(send(RequestRows.error(kind))).isEqualTo(OPENED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TLS_HOSTNAME", "ADDRESS_BLOCKED", "OTHER"})
    void othersDoNot(Kind kind) {
        send(RequestRows.error(kind), 100);
    }

    @Test
    void seventyPercentOfTenOpenIt() {
        send(BAD, 3);
        send(GOOD, 3);
        send(BAD, 3);
        assertThat(send(BAD)).isEqualTo(OPENED);
    }

    @Test
    void aLesserShareDoesNot() {
        send(GOOD, 4);
        send(BAD, 9);
    }

    @Test
    void resultsAreForgottenAfterFiveMinutes() {
        send(BAD, 6);
        send(GOOD, 3);
        now = now.plus(Duration.ofMinutes(5));

        send(BAD, 1);
        send(GOOD, 1);
        send(BAD, 7);
        assertThat(send(BAD)).isEqualTo(OPENED);
    }

    @Test
    void resultsOfFourMinutesAgoStillCount() {
        send(BAD, 6);
        send(GOOD, 3);
        now = now.plus(Duration.ofMinutes(4));

        assertThat(send(BAD)).isEqualTo(OPENED);
    }

    @Test
    @Tag("C28")
    void nothingPassesUntilTheProbeHoweverLongTheBacklog() {
        trip();
        Instant until = openUntil();

        for (int i = 0; i < 100_000; i++) {
            Instant instant =
                    now.plusNanos(random.nextLong(Duration.between(now, until).toNanos()));
            if (breaker.admits(instant)) {
                throw new AssertionError("admitted at " + instant + ", open until " + until);
            }
        }
        assertThatThrownBy(() -> breaker.enter(until.minusNanos(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(until.toString());

        assertThat(breaker.admits(until)).isTrue();
        breaker.enter(until);
        assertThat(breaker.admits(until.plus(Duration.ofDays(1)))).isFalse();
    }

    @Test
    void aProbeThatPassesClosesItAfresh() {
        trip();
        now = openUntil();

        assertThat(send(GOOD)).isEqualTo(RECOVERED);
        assertThat(breaker.openUntil()).isNull();
        trip();
        assertThat(Duration.between(now, openUntil())).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
    }

    @Test
    void aProbeThatIsRefusedShowsAReceiverThatIsUp() {
        trip();
        now = openUntil();

        assertThat(send(REFUSED)).isEqualTo(NONE);
        assertThat(breaker.openUntil()).isNull();
    }

    @Test
    void onlyASuccessIsARecoveryWhoeverHoldsItByThen() {
        trip();
        breaker = Breaker.decode(breaker.encode());
        now = openUntil();
        send(REFUSED, 3);
        breaker = Breaker.decode(breaker.encode());
        send(REFUSED, 1);

        assertThat(send(GOOD)).isEqualTo(RECOVERED);
        assertThat(send(GOOD)).isEqualTo(NONE);
        assertThat(breaker.encode()).isEmpty();
    }

    @Test
    void failedProbesDoubleThePauseUpToTenMinutes() {
        trip();
        for (int base : List.of(60, 120, 240, 480, 600, 600, 600)) {
            now = openUntil();
            assertThat(send(BAD)).isEqualTo(NONE);
            assertThat(Duration.between(now, openUntil()).toMillis()).isBetween(base * 800L - 1, base * 1_200L);
        }
    }

    @Test
    void aProbeThatIsNotSentAfterAllLeavesRoomForAnother() {
        trip();
        now = openUntil();
        Breaker.Pass unused = breaker.enter(now);
        breaker.giveBack(unused);

        assertThat(breaker.admits(now)).isTrue();
        assertThat(breaker.note(unused, BAD, now, random)).isEqualTo(NONE);
        assertThat(breaker.openUntil()).isEqualTo(now);
        assertThat(send(GOOD)).isEqualTo(RECOVERED);
    }

    @Test
    void resultsFromBeforeItOpenedAreNotTakenForTheProbes() {
        Breaker.Pass early = breaker.enter(now);
        trip();
        Instant until = openUntil();
        assertThat(breaker.note(early, GOOD, now, random)).isEqualTo(NONE);
        breaker.giveBack(early);

        now = until;
        Breaker.Pass probe = breaker.enter(now);
        assertThat(breaker.note(early, GOOD, now, random)).isEqualTo(NONE);
        breaker.giveBack(early);
        assertThat(breaker.admits(now)).isFalse();
        assertThat(breaker.note(probe, GOOD, now, random)).isEqualTo(RECOVERED);
        assertThat(breaker.note(early, BAD, now, random)).isEqualTo(NONE);
        assertThat(breaker.encode()).isEmpty();
    }

    @Test
    void theNextHolderGoesOnWhileClosed() {
        send(GOOD, 2);
        now = now.plusSeconds(45);
        send(BAD, 6);
        String left = breaker.encode();
        breaker = Breaker.decode(left);
        assertThat(breaker.encode()).isEqualTo(left);

        now = now.plusSeconds(20);
        send(BAD, 1);
        assertThat(send(BAD)).isEqualTo(OPENED);
    }

    @Test
    void theNextHolderGoesOnWithTheRow() {
        send(GOOD, 30);
        send(BAD, 9);
        breaker = Breaker.decode(breaker.encode());

        assertThat(send(BAD)).isEqualTo(OPENED);
    }

    @Test
    void theNextHolderGoesOnWhileOpen() {
        trip();
        now = openUntil();
        send(BAD);
        Instant until = openUntil();
        breaker = Breaker.decode(breaker.encode());

        assertThat(breaker.openUntil()).isEqualTo(until);
        now = until;
        send(BAD);
        assertThat(Duration.between(now, openUntil())).isBetween(Duration.ofSeconds(96), Duration.ofSeconds(144));
    }

    @Test
    void aProbeLostWithItsHolderIsSentAgain() {
        trip();
        now = openUntil();
        breaker.enter(now);
        breaker = Breaker.decode(breaker.encode());

        assertThat(breaker.admits(now)).isTrue();
    }

    @Test
    void itsTextIsEmptyWhileNothingFailsAndShortAtTheBusiest() {
        send(GOOD, 100);
        assertThat(breaker.encode()).isEmpty();

        String busiest = "unproven;9;999999999999" + ",999999999/999999999".repeat(10);
        assertThat(Breaker.decode(busiest).encode()).isEqualTo(busiest).hasSizeLessThanOrEqualTo(255);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"open", "open;30", "open;9999;1", "open;30;soon", "closed;10;1", "closed;1;1,1/1", "half;1", "€"
            })
    void aTextOfAnUnknownFormIsAClosedBreaker(String text) {
        assertThat(Breaker.decode(text).openUntil()).isNull();
        assertThat(Breaker.decode(text).encode()).isEmpty();
    }
}
