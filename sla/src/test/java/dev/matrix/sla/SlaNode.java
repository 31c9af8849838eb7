package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** One node under test, driven by hand. */
final class SlaNode {

    static final Owner ADA = Owner.user("ada");
    static final String SUB = "sub_7";
    static final long MILLI = 1_000_000;

    final ManualClock clock;

    /** What probes' targets answer: a status, 200 by default. */
    volatile int answers = 200;

    final ScriptedTransport transport = ScriptedTransport.answering(call -> ScriptedTransport.reply(answers));
    final Matrix matrix;
    final Slas slas;

    SlaNode(Stores stores, ManualClock clock, String name, UnaryOperator<SlasBuilder> wiring) {
        this(stores, clock, name, name.hashCode(), wiring);
    }

    SlaNode(Stores stores, ManualClock clock, String name, long seed, UnaryOperator<SlasBuilder> wiring) {
        this.clock = clock;
        this.matrix = Matrix.builder()
                .stores(stores)
                .transport(transport)
                .clock(clock)
                .insecureRandom(new Random(seed))
                .node(name)
                .build();
        this.slas = wiring.apply(Slas.on(matrix)).build();
        drive();
    }

    static SlaNode at(String start) {
        return at(start, UnaryOperator.identity());
    }

    static SlaNode at(String start, UnaryOperator<SlasBuilder> wiring) {
        ManualClock clock = ManualClock.at(start);
        return new SlaNode(Stores.inMemory(clock), clock, "one", wiring);
    }

    SlaBinding bind(String tier) {
        SlaBinding bound = slas.bind(SlaBinding.of(SUB, ADA, tier, clock.instant()));
        drive();
        return bound;
    }

    /** Runs every step that is due, until none is. */
    SlaNode drive() {
        int runs = 0;
        for (Optional<String> ran = matrix.runDueStep(); ran.isPresent(); ran = matrix.runDueStep()) {
            assertThat(++runs).as("runs of steps at one instant, last %s", ran).isLessThan(100_000);
        }
        return this;
    }

    /** Runs the steps that are due now, once each, though the store may be away. */
    void tryDrive() {
        for (int runs = 0; runs < 40 && matrix.runDueStep().isPresent(); runs++) {
            Thread.onSpinWait();
        }
    }

    /** Makes all steps due, as after a clock that was far ahead. */
    SlaNode wake() {
        matrix.steps().forEach(step -> matrix.wake(step.name()));
        return this;
    }

    /** Lets a minute pass, and what is due at its end. */
    SlaNode minute() {
        clock.advance(Duration.ofMinutes(1));
        return drive();
    }

    /** Lets minutes pass, each with so many good and bad requests. */
    SlaNode minutes(int number, int good, int bad) {
        SlaRecorder recorder = slas.recorder(SUB);
        for (int i = 0; i < number; i++) {
            for (int n = 0; n < good; n++) {
                recorder.record(MILLI, Outcome.GOOD);
            }
            for (int n = 0; n < bad; n++) {
                recorder.record(MILLI, Outcome.BAD);
            }
            minute();
        }
        return this;
    }

    Instant now() {
        return clock.instant();
    }

    List<BillingEvent> events(String... types) {
        return matrix.events()
                .page(EventQuery.all().ofTypes(types), PageRequest.first(1_000))
                .items();
    }
}
