package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.SlaDataResumed;
import dev.matrix.core.event.payload.SlaNoData;
import dev.matrix.core.spi.Stores;
import dev.matrix.sla.spi.ProbeTarget;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sources that fall silent, and come back. */
class SilenceTest {

    private final ManualClock clock = ManualClock.at("2025-11-06T10:00:00Z");
    private final Stores stores = Stores.inMemory(clock);

    private SlaNode node(String name) {
        return new SlaNode(stores, clock, name, builder -> builder);
    }

    /** Lets a minute pass on these nodes; the others stand still. */
    private void minutes(int number, SlaNode... nodes) {
        for (int i = 0; i < number; i++) {
            clock.advance(Duration.ofMinutes(1));
            List.of(nodes).forEach(SlaNode::drive);
        }
    }

    private static SlaNoData silence(SlaNode node) {
        return (SlaNoData) node.events("sla.no_data").get(0).payload();
    }

    @Test
    @Tag("C78")
    @Tag("S26")
    @Tag("S54")
    void aSilentNodeIsToldOfOnceWhoeverJudges() {
        SlaNode one = node("one");
        one.bind("pro");
        one.slas.bind(SlaBinding.of("sub_8", Owner.user("bob"), "free", one.now()));
        SlaNode two = node("two-b");
        SlaNode three = node("three");
        minutes(5, one, two, three);
        minutes(10, one, three);
        assertThat(one.events("sla.no_data")).isEmpty();
        minutes(8, one, three);
        assertThat(one.events("sla.no_data")).hasSize(1);
        assertThat(silence(one).affectedSubscriptions()).isEqualTo(2);
        assertThat(silence(one).since()).isEqualTo(Instant.parse("2025-11-06T10:05:00Z"));
        clock.advance(Duration.ofSeconds(31));
        minutes(3, three);
        minutes(3, node("four"));
        assertThat(one.events("sla.no_data")).hasSize(1);

        minutes(3, two, three);
        assertThat(three.events("sla.data_resumed"))
                .extracting(event -> ((SlaDataResumed) event.payload()).source())
                .containsExactly("two-b");
    }

    @Test
    @Tag("S45")
    void aNodeThatWasClosedIsNotSilentWhileAnotherLives() {
        SlaNode one = node("one");
        one.bind("pro");
        SlaNode two = node("two");
        minutes(5, one, two);
        two.matrix.close();
        minutes(30, one);
        assertThat(one.events("sla.no_data")).isEmpty();
    }

    @Test
    @Tag("S26")
    void aComponentThatIsNotHeardIsToldOf() {
        SlaNode one = node("one");
        one.slas.bind(SlaBinding.of(SlaNode.SUB, SlaNode.ADA, "pro", one.now()).on("worker"));
        one.slas.watch(ProbeTarget.heartbeat("worker", Duration.ofMinutes(1)).build());
        one.slas.heartbeat("worker", one.now());
        minutes(20, one);
        assertThat(one.events("sla.no_data")).hasSize(1);
        assertThat(silence(one).source()).isEqualTo("worker");
        one.slas.heartbeat("worker", one.now());
        one.drive();
        assertThat(one.events("sla.data_resumed")).hasSize(1);
    }
}
