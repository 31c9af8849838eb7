package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.event.spi.SubscriberStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a retired subscriber and of its queue, over any storage. */
@Tag("E15")
public interface SubscriberRetirementContract extends StoreContract {

    private static void publish(Matrix matrix, String id) {
        matrix.events().publish(BillingEvent.of(Noted.of(id)).withId(id));
    }

    private static long queued(Nodes nodes) {
        return nodes.stores()
                .transactions()
                .returning(tx -> nodes.stores().get(DispatchStore.class).status(tx, Set.of("a")))
                .get(0)
                .backlog();
    }

    /** As a publisher does whose transaction began before the retirement. */
    private static void queueLate(Nodes nodes, String id) {
        nodes.stores()
                .transactions()
                .inTransaction(tx -> nodes.stores()
                        .get(EventStore.class)
                        .append(tx, List.of(EventRows.event(id).queuedFor("a").appended())));
    }

    @Test
    default void whatIsQueuedForARetiredSubscriberIsDeleted() {
        Nodes nodes = new Nodes(this);
        nodes.node(Handlers.queued("a", nodes::note));
        Matrix unaware = nodes.node();
        Matrix aware = nodes.node();
        publish(unaware, "e1");

        aware.events().retire("a");
        publish(unaware, "late");
        publish(aware, "after");

        assertThat(aware.events().subscribers()).isEmpty();
        assertThat(queued(nodes)).as("but not the last").isEqualTo(2);
        nodes.after(Duration.ofSeconds(10), aware, unaware);
        assertThat(queued(nodes)).isZero();
        publish(unaware, "later");
        assertThat(queued(nodes)).as("read by now").isZero();
        assertThatThrownBy(() -> aware.events().retire("a")).isInstanceOf(NotFoundException.class);
    }

    @Test
    default void whatIsQueuedWithinTenMinutesAfterItIsDeletedTooAndThenTheNameIsForgotten() {
        Nodes nodes = new Nodes(this);
        nodes.node(Handlers.queued("a", nodes::note));
        Matrix matrix = nodes.node();
        matrix.events().retire("a");
        nodes.drain(matrix);

        nodes.after(Duration.ofMinutes(9), matrix);
        queueLate(nodes, "late");
        nodes.after(Duration.ofSeconds(10), matrix);
        assertThat(queued(nodes)).isZero();

        nodes.after(Duration.ofMinutes(1), matrix);
        assertThat(nodes.stores().transactions().returning(nodes.stores().get(SubscriberStore.class)::retired))
                .isEmpty();
    }

    @Test
    default void aRetiredNameComesBackAsANewOneAndOnANodeThatHasItIsNotRetired() {
        Nodes nodes = new Nodes(this);
        nodes.node(Handlers.queued("a", nodes::note));
        Matrix without = nodes.node();
        publish(without, "e1");
        without.events().retire("a");
        nodes.after(Duration.ofMinutes(10), without);

        Matrix with = nodes.node(Handlers.queued("a", nodes::note));
        publish(with, "new");
        nodes.drain(with);

        assertThat(nodes.notes()).containsExactly("new");
        assertThatThrownBy(() -> with.events().retire("a"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("this node");
    }
}
