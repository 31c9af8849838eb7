package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventFailure;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.SubscriberPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What subscribers are promised where several nodes, of one release or of two, run over one storage, and where handlers fail. */
public interface SubscriberNodesContract extends StoreContract {

    private static void publish(Matrix matrix, int count) {
        matrix.events()
                .publishAll(IntStream.range(0, count)
                        .mapToObj("e%03d"::formatted)
                        .map(id -> BillingEvent.of(Noted.of(id)).withId(id))
                        .toList());
    }

    private static List<EventFailure> failures(Matrix matrix) {
        return matrix.events().failures("a", PageRequest.first(1_000)).items();
    }

    /** An event of a type that only one release's subscriber wants. */
    record Other(String id, Owner owner) implements EventPayload {

        static final EventType TYPE = EventType.of("other.done", Other.class);

        @Override
        public EventType type() {
            return TYPE;
        }
    }

    private static void publishOther(Matrix matrix, String id) {
        matrix.events().publish(new Other(id, EventRows.ADA));
    }

    @Test
    @Tag("E6")
    @Tag("E20")
    default void whileTwoReleasesRunEventsAreQueuedByTheUnionAndHandledByTheNodesThatWantThem() {
        Nodes nodes = new Nodes(this);
        List<String> unexpected = new ArrayList<>();
        Matrix old = nodes.begun(nodes.builder(
                        nodes.stores(),
                        nodes.clock(),
                        Handlers.queued(
                                "crm",
                                (tx, events) -> events.stream()
                                        .filter(event -> !event.event().type().equals(Noted.TYPE))
                                        .forEach(event ->
                                                unexpected.add(event.event().subject()))))
                .eventType(Other.TYPE)
                .build());
        nodes.after(Duration.ofDays(1), old);
        Matrix next = nodes.begun(nodes.builder(
                        nodes.stores(),
                        nodes.clock(),
                        Handlers.wanting(Set.of("test.*", "other.*"), "crm", nodes::note))
                .eventType(Other.TYPE)
                .build());

        publishOther(old, "before-it-has-read");
        nodes.after(Duration.ofSeconds(12), old, next);
        publishOther(old, "after-it-has-read");
        publishOther(next, "from-the-new-one");
        for (int second = 0; second < 20; second++) {
            nodes.after(Duration.ofSeconds(1), next, old);
        }

        assertThat(nodes.notes())
                .containsExactlyInAnyOrder("before-it-has-read", "after-it-has-read", "from-the-new-one");
        assertThat(unexpected).isEmpty();
    }

    @Test
    @Tag("E20")
    default void anOldNodeThatStartsAgainTakesNothingFromTheNewerOnes() {
        Nodes nodes = new Nodes(this);
        Matrix next = nodes.begun(nodes.builder(
                        nodes.stores(),
                        nodes.clock(),
                        Handlers.wanting(Set.of("test.*", "other.*"), "crm", nodes::note))
                .eventType(Other.TYPE)
                .build());
        Matrix old =
                nodes.begun(nodes.builder(nodes.stores(), nodes.clock(), Handlers.queued("crm", (tx, events) -> {}))
                        .eventType(Other.TYPE)
                        .build());
        nodes.after(Duration.ofSeconds(30), old, next);

        publishOther(old, "o1");
        for (int second = 0; second < 10; second++) {
            nodes.after(Duration.ofSeconds(1), next, old);
        }

        assertThat(nodes.notes()).containsExactly("o1");
    }

    @Test
    @Tag("E7")
    @Tag("E19")
    default void noExternalEventIsHandledTwiceWhereABacklogOutlastsALease() {
        Nodes nodes = new Nodes(this);
        List<String> handled = new ArrayList<>();
        AtomicReference<@Nullable Matrix> other = new AtomicReference<>();
        SubscriberPolicy policy = SubscriberPolicy.defaults().withLease(Duration.ofSeconds(10));
        EventSubscriber external = Handlers.external("a", policy, event -> {
            handled.add(event.event().id());
            nodes.clock().advance(Duration.ofSeconds(2));
            Matrix idle = other.getAndSet(null);
            if (idle != null) {
                nodes.drain(idle);
                other.set(idle);
            }
        });
        Matrix slow = nodes.node(external);
        other.set(nodes.node(Handlers.external(
                "a", policy, event -> handled.add(event.event().id()))));
        publish(slow, 40);

        nodes.drain(slow);
        nodes.after(Duration.ofSeconds(30), slow);

        assertThat(handled).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    @Tag("E19")
    default void whatWouldBeginAfterTheLeasesEndIsLeftToTheNodeThatTookItOver() {
        Nodes nodes = new Nodes(this);
        List<String> handled = new ArrayList<>();
        Matrix other = nodes.node(
                Handlers.external("a", event -> handled.add(event.event().id())));
        Matrix slow = nodes.node(Handlers.external("a", event -> {
            handled.add(event.event().id());
            nodes.clock().advance(Duration.ofMinutes(2));
            nodes.drain(other);
        }));
        publish(slow, 3);

        nodes.drain(slow);

        assertThat(handled)
                .as("only the one that outlasted its lease is handled again")
                .containsExactlyInAnyOrder("e000", "e000", "e001", "e002");
    }

    @Test
    @Tag("E10")
    default void anEventWhoseLastLeaseEndedFailedByAsManyAttemptsAsItsPolicyHas() {
        Nodes nodes = new Nodes(this);
        EventSubscriber deadly =
                Handlers.queued("a", SubscriberPolicy.defaults().withAttempts(2), (tx, events) -> {
                    throw new Nodes.Death();
                });
        Matrix node = nodes.node(deadly);
        publish(node, 1);

        for (int minute = 0; minute < 5 && failures(node).isEmpty(); minute++) {
            try {
                nodes.after(Duration.ofSeconds(61), node);
            } catch (Nodes.Death dead) {
                node = nodes.builder(nodes.stores(), nodes.clock(), deadly).build();
            }
        }

        assertThat(failures(node)).extracting(EventFailure::attempts).containsExactly(2);
    }

    @Test
    @Tag("E10")
    default void anExceptionThatCannotDescribeItselfFailsItsEventAlone() {
        Nodes nodes = new Nodes(this);
        Matrix matrix =
                nodes.node(Handlers.external("a", SubscriberPolicy.defaults().withAttempts(1), event -> {
                    if (event.event().id().equals("e000")) {
                        throw new Undescribed();
                    }
                    nodes.stores()
                            .transactions()
                            .inTransaction(tx -> nodes.note(tx, event.event().id()));
                }));
        publish(matrix, 2);

        nodes.drain(matrix);

        assertThat(nodes.notes()).containsExactly("e001");
        assertThat(failures(matrix)).extracting(EventFailure::error).containsExactly(Undescribed.class.getName());
    }

    /** An exception whose description fails. */
    final class Undescribed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no text");
        }
    }

    @Test
    @Tag("E10")
    default void anErrorWithHalfACharacterOrANulIsKeptWithoutIt() {
        Nodes nodes = new Nodes(this);
        Matrix matrix =
                nodes.node(Handlers.external("a", SubscriberPolicy.defaults().withAttempts(1), event -> {
                    throw new IllegalStateException("a\0b\uD83D");
                }));
        publish(matrix, 1);

        nodes.drain(matrix);
        assertThat(failures(matrix))
                .extracting(EventFailure::error)
                .containsExactly("java.lang.IllegalStateException: a\uFFFDb\uFFFD");

        matrix.events().skip("a", "e000", "known\0");
        assertThat(failures(matrix)).isEmpty();
    }

    @Test
    default void anEventTellsWhenItWasRecordedAtEachHandling() {
        Nodes nodes = new Nodes(this);
        List<Instant> recorded = new ArrayList<>();
        Matrix matrix = nodes.node(
                Handlers.inline("a", (tx, events) -> recorded.add(events.get(0).recordedAt())),
                Handlers.external("b", event -> recorded.add(event.recordedAt())));
        Instant published = nodes.clock().instant();
        publish(matrix, 1);

        nodes.after(Duration.ofSeconds(5), matrix);
        matrix.events().replay("b", EventQuery.all());
        nodes.after(Duration.ofSeconds(5), matrix);

        assertThat(recorded).containsExactly(published, published, published);
    }
}
