package dev.matrix.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.testkit.OtherThread;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callers of one key, one after the other. */
class KeyTurnsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final KeyTurns<String> turns = new KeyTurns<>();

    @Test
    @Tag("H16")
    void aCallerWaitsForItsTurnAsLongAsItsPatienceLastsAndOtherKeysDoNot() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        OtherThread<Optional<String>> first = OtherThread.running(() -> turns.await("k", LONG, left -> {
            begun.countDown();
            OtherThread.await(over);
            return "first";
        }));
        OtherThread.await(begun);

        assertThat(turns.<String>await("k", Duration.ofMillis(1), left -> "second"))
                .isEmpty();
        assertThat(turns.<String>await("other", Duration.ZERO, left -> "other")).contains("other");

        over.countDown();
        assertThat(first.join()).contains("first");
        assertThat(turns.<Duration>await("k", LONG, left -> left))
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ZERO, LONG));
        assertThat(turns.size()).isZero();
    }

    @Test
    void workThatThrowsEndsItsTurn() {
        assertThatThrownBy(() -> turns.await("k", LONG, left -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(turns.size()).isZero();
    }

    @Test
    void anInterruptedCallerGivesUpAndStaysInterrupted() {
        OtherThread<Boolean> caller = OtherThread.running(() -> {
            Thread.currentThread().interrupt();
            return turns.await("k", LONG, left -> "turn").isEmpty()
                    && Thread.currentThread().isInterrupted();
        });

        assertThat(caller.join()).isTrue();
    }
}
