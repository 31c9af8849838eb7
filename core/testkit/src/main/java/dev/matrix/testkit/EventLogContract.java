package dev.matrix.testkit;

import static dev.matrix.testkit.EventRows.ADA;
import static dev.matrix.testkit.EventRows.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.Published;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.SubscriberStatus;
import dev.matrix.core.event.spi.EventStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What publishers and readers of the event log are promised over any storage. */
public interface EventLogContract extends StoreContract {

    private static EventDraft draft(String id) {
        return BillingEvent.of(Noted.of("subject")).withId(id);
    }

    private static List<String> ids(Matrix matrix, EventQuery query) {
        return matrix.events().page(query, PageRequest.first(1_000)).items().stream()
                .map(BillingEvent::id)
                .toList();
    }

    private static long backlog(Matrix matrix, String subscriber) {
        return matrix.events().subscribers().stream()
                .filter(status -> status.name().equals(subscriber))
                .mapToLong(SubscriberStatus::backlog)
                .sum();
    }

    @Test
    @Tag("E1")
    default void anEventAndItsQueueRowsCommitWithThePublisher() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node(Handlers.queued("a", nodes::note), Handlers.external("b", event -> {}));

        matrix.transactions().inTransaction(tx -> {
            nodes.note(tx, "the host's own row");
            matrix.events().publish(tx, draft("e1"));
        });

        assertThat(ids(matrix, EventQuery.all().ofTypes("test.noted"))).containsExactly("e1");
        assertThat(backlog(matrix, "a")).isEqualTo(1);
        assertThat(backlog(matrix, "b")).isEqualTo(1);
        nodes.drain(matrix);
        assertThat(nodes.notes()).containsExactly("the host's own row", "subject");
        assertThat(backlog(matrix, "a")).isZero();
    }

    @Test
    @Tag("E1")
    @Tag("E5")
    default void aRollbackLeavesNothingAndWakesNobody() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node(Handlers.queued("a", nodes::note));
        Instant next = matrix.nextDue();

        assertThatThrownBy(() -> matrix.transactions().inTransaction(tx -> {
                    nodes.note(tx, "the host's own row");
                    matrix.events().publish(tx, draft("e1").withKey("k"));
                    throw new IllegalArgumentException("the host changed its mind");
                }))
                .hasMessage("the host changed its mind");

        assertThat(matrix.nextDue()).isEqualTo(next);
        nodes.after(Duration.ofSeconds(1), matrix);
        assertThat(nodes.notes()).isEmpty();
        assertThat(matrix.events().find("e1")).isEmpty();
        assertThat(matrix.events().publish(draft("e2").withKey("k"))).isEqualTo(new Published("e2", false));
    }

    @Test
    @Tag("E5")
    default void aCommitWakesThePublishersNodeAndTheOthersPoll() {
        Nodes nodes = new Nodes(this);
        Matrix publisher = nodes.node(Handlers.queued("a", nodes::note));
        Matrix other = nodes.node(Handlers.queued("a", nodes::note));

        publisher.events().publish(draft("e1"));

        Instant now = nodes.clock().instant();
        assertThat(publisher.nextDue()).isBeforeOrEqualTo(now);
        assertThat(other.nextDue()).isAfter(now);
        nodes.after(Duration.ofMillis(50), other);
        assertThat(nodes.notes()).containsExactly("subject");
        Instant idle = other.nextDue();
        other.events().wake();
        assertThat(other.nextDue()).as("woken by hand").isBefore(idle);
    }

    @Test
    @Tag("E2")
    default void aPayloadIsEncodedOnceAndHandedOnAsStored() {
        Nodes nodes = new Nodes(this);
        List<StoredEvent> seen = new ArrayList<>();
        Matrix matrix = nodes.node(
                Handlers.inline("inline", (tx, events) -> seen.addAll(events)),
                Handlers.queued("queued", (tx, events) -> seen.addAll(events)),
                Handlers.external("external", seen::add));
        Noted payload = Noted.of("n_1").saying("Zoë 💶 \u2028 \"quoted\"");

        String id = matrix.events().publish(payload).eventId();
        nodes.drain(matrix);

        assertThat(seen).hasSize(3);
        assertThat(seen)
                .extracting(StoredEvent::event)
                .containsOnly(matrix.events().find(id).orElseThrow());
        assertThat(seen)
                .extracting(event -> new String(event.json(), StandardCharsets.UTF_8))
                .allSatisfy(json -> assertThat(json)
                        .startsWith("{\"id\":\"n_1\",\"owner")
                        .contains("Zoë")
                        .doesNotContain("remark")
                        .doesNotContain(", "))
                .containsOnly(new String(seen.get(0).json(), StandardCharsets.UTF_8));
        assertThat(seen.get(0).event().payload()).isEqualTo(payload);
    }

    @Test
    @Tag("E2")
    @Tag("C27")
    default void aPayloadOverTheLimitIsRefusedWithBothNumbers() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();
        int envelope = new String(matrix.json().encode(Noted.of("n")), StandardCharsets.UTF_8).length();
        Noted largest = Noted.of("n").saying("x".repeat((256 << 10) - envelope));

        matrix.transactions().inTransaction(tx -> {
            assertThatThrownBy(() -> matrix.events().publish(tx, largest.saying(largest.text() + "x")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("262145")
                    .hasMessageContaining("262144");
            matrix.events().publish(tx, largest);
        });

        assertThat(ids(matrix, EventQuery.all())).hasSize(1);
    }

    @Test
    @Tag("E2")
    default void theLimitOfPayloadsIsConfigurable() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.builder(nodes.stores(), nodes.clock())
                .payloadLimit(1 << 20)
                .build();

        assertThatCode(() -> matrix.events().publish(Noted.of("n").saying("x".repeat(1_000_000))))
                .doesNotThrowAnyException();
    }

    @Test
    @Tag("E3")
    default void idsAreTimeOrderedUnlessTheHostBringsItsOwn() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();
        List<String> made = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            made.add(matrix.events().publish(Noted.of("n")).eventId());
            nodes.clock().advance(Duration.ofMillis(n % 2));
        }

        assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("evt_[0-9a-z]{26}"));
        assertThat(matrix.events().publish(draft("My-own_id")).eventId()).isEqualTo("My-own_id");
        assertThat(List.of("a.b", "a b", "", "ä", "x".repeat(65)))
                .allSatisfy(id -> assertThatThrownBy(() -> draft(id)).isInstanceOf(InvalidRequestException.class));
        assertThat(List.of("noted", "Test.noted", "test.", "test..noted", "t." + "n".repeat(127)))
                .allSatisfy(name -> assertThatThrownBy(() -> EventType.of(name, Noted.class))
                        .isInstanceOf(InvalidRequestException.class));
    }

    @Test
    @Tag("E4")
    @Tag("C31")
    default void theSameKeyAndContentTwiceIsOneEvent() {
        Nodes nodes = new Nodes(this);
        List<StoredEvent> inline = new ArrayList<>();
        Matrix matrix = nodes.node(
                Handlers.inline("inline", (tx, events) -> inline.addAll(events)),
                Handlers.queued("queued", nodes::note));

        Published first = matrix.events().publish(draft("e1").withKey("k").at(StoreUnderTest.START));
        Published again = matrix.events().publish(draft("e2").withKey("k").at(StoreUnderTest.START.plusSeconds(1)));
        List<Published> both = matrix.events()
                .publishAll(List.of(draft("e3").withKey("k3"), draft("e4").withKey("k3")));
        nodes.drain(matrix);

        assertThat(first).isEqualTo(new Published("e1", false));
        assertThat(again).isEqualTo(new Published("e1", true));
        assertThat(both).containsExactly(new Published("e3", false), new Published("e3", true));
        assertThat(inline).extracting(stored -> stored.event().id()).containsExactly("e1", "e3");
        assertThat(nodes.notes()).hasSize(2);
    }

    @Test
    @Tag("E4")
    @Tag("C31")
    default void theSameKeyWithOtherContentIsAConflictAndTheTransactionStaysUsable() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node(Handlers.inline("inline", nodes::note));
        EventDraft first = draft("e1").withKey("k");
        matrix.events().publish(first);
        EventDraft otherSubject = BillingEvent.of(Noted.of("other subject")).withKey("k");
        EventDraft otherPayload =
                BillingEvent.of(Noted.of("subject").saying("other")).withKey("k");

        matrix.transactions().inTransaction(tx -> {
            assertThat(List.of(otherSubject, otherPayload, first.visibleTo(BOB)))
                    .allSatisfy(other -> assertThatThrownBy(
                                    () -> matrix.events().publishAll(tx, List.of(draft("e2"), other)))
                            .isInstanceOf(ConflictException.class));
            matrix.events().publish(tx, draft("e3"));
        });

        assertThat(ids(matrix, EventQuery.all().ofTypes("test.noted"))).containsExactly("e1", "e3");
        assertThat(nodes.notes()).hasSize(2);
    }

    @Test
    @Tag("E4")
    default void keysBelongToTheirOwnerAndHave255Characters() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();
        String longest = "k".repeat(255);

        matrix.events().publish(draft("e1").withKey(longest));
        matrix.events().publish(BillingEvent.of(Noted.of("b").ownedBy(BOB)).withKey(longest));

        assertThat(ids(matrix, EventQuery.all())).hasSize(2);
        assertThatThrownBy(() -> draft("e2").withKey(longest + "k")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> draft("e2").withKey("")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    default void aThousandEventsArePublishedAtOnceAndNoMore() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();
        List<EventDraft> drafts = IntStream.range(0, 1_001)
                .mapToObj(n -> draft("e%04d".formatted(n)))
                .toList();

        assertThatThrownBy(() -> matrix.events().publishAll(drafts))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("1001");
        assertThat(matrix.events().publishAll(drafts.subList(0, 1_000))).hasSize(1_000);
        assertThat(ids(matrix, EventQuery.all())).hasSize(1_000).isSorted();
    }

    @Test
    default void eventsAreFoundAndPagedThrough() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();
        Instant happened = Instant.parse("2020-02-02T02:02:02.000002Z");
        matrix.events().publish(draft("e1").visibleTo(BOB).withKey("k").at(happened));
        matrix.events().publish(BillingEvent.of(Noted.of("b").ownedBy(BOB)).withId("e2"));
        matrix.events().publish(draft("e3"));

        BillingEvent found = matrix.events().find("e1").orElseThrow();
        assertThat(found)
                .isEqualTo(new BillingEvent(
                        "e1", Noted.TYPE, 1, ADA, "subject", happened, List.of(BOB), "k", Noted.of("subject")));
        assertThat(matrix.events().find("e9")).isEmpty();
        Page<BillingEvent> first = matrix.events().page(EventQuery.all(), PageRequest.first(2));
        assertThat(first.items()).extracting(BillingEvent::id).containsExactly("e1", "e2");
        Page<BillingEvent> last = matrix.events().page(EventQuery.all(), new PageRequest(2, first.nextCursor()));
        assertThat(last.items()).extracting(BillingEvent::id).containsExactly("e3");
        assertThat(last.nextCursor()).isNull();
        assertThat(ids(matrix, EventQuery.all().ownedBy(BOB))).containsExactly("e2");
    }

    @Test
    @Tag("E14")
    default void unknownMembersAreIgnoredAndUnknownTypesRefused() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();
        matrix.events().publish(draft("e1"));
        String newer = new String(matrix.json().encode(Noted.of("subject")), StandardCharsets.UTF_8)
                .replace("{\"id\"", "{\"addedLater\":{\"deep\":[1]},\"id\"");
        EventRows row = EventRows.event("e2").ofType("test.noted").saying(newer);
        nodes.stores()
                .transactions()
                .inTransaction(tx -> nodes.stores().get(EventStore.class).append(tx, List.of(row.appended())));

        assertThat(matrix.events().find("e2").orElseThrow().payload()).isEqualTo(Noted.of("subject"));
        Matrix without = Matrix.builder()
                .stores(nodes.stores())
                .keys(Nodes.KEYS)
                .clock(nodes.clock())
                .build();
        assertThatThrownBy(() -> without.events().publish(Noted.of("n")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("test.noted");
        assertThatThrownBy(() -> matrix.events().types().check(new EventPattern("acme.*")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("E14")
    default void whatANodeCannotReadIsPassedOverInItsListings() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();
        matrix.events().publish(draft("e1"));
        EventRows removed = EventRows.event("e2").ofType("test.removed").saying("{}");
        EventRows changed = EventRows.event("e3").ofType("test.noted").saying("{\"unlike\":1}");
        nodes.stores()
                .transactions()
                .inTransaction(tx -> nodes.stores()
                        .get(EventStore.class)
                        .append(tx, List.of(removed.appended(), changed.appended())));
        matrix.events().publish(draft("e4"));

        Page<BillingEvent> none = matrix.events().page(EventQuery.all(), new PageRequest(2, "e1"));
        Page<BillingEvent> last = matrix.events().page(EventQuery.all(), new PageRequest(2, none.nextCursor()));

        assertThat(none.items()).isEmpty();
        assertThat(none.nextCursor()).isEqualTo("e3");
        assertThat(last.items()).extracting(BillingEvent::id).containsExactly("e4");
        assertThat(last.nextCursor()).isNull();
        assertThat(matrix.events().find("e2")).isEmpty();
    }

    @Test
    @Tag("E15")
    default void eventsAreDeletedAfterTheirRetentionUnlessTheyAreQueued() {
        Nodes nodes = new Nodes(this);
        Matrix publisher = nodes.node();
        publisher.events().publish(draft("e1").withKey("k"));
        nodes.clock().advance(Duration.ofMillis(1));
        Matrix matrix = nodes.node(Handlers.queued("a", (tx, events) -> {
            throw new IllegalStateException("never done");
        }));
        matrix.events().publish(draft("e2"));

        nodes.after(Duration.ofDays(90).minusMillis(1), matrix);
        assertThat(ids(matrix, EventQuery.all())).as("90 days old, not older").containsExactly("e1", "e2");
        nodes.after(Duration.ofHours(1), matrix);

        assertThat(ids(matrix, EventQuery.all())).containsExactly("e2");
        assertThat(matrix.events().publish(draft("e3").withKey("k")).duplicate())
                .isFalse();
        assertThatThrownBy(Matrix.builder().stores(stores()).eventRetention(Duration.ofDays(29))::build)
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(Matrix.builder().stores(stores()).eventRetention(Duration.ofDays(731))::build)
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("E15")
    default void anErasedOwnersEventsAreNeitherReadNorHandled() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node(Handlers.queued("a", nodes::note));
        matrix.events().publish(draft("e1").withKey("k"));
        matrix.events().publish(BillingEvent.of(Noted.of("kept").ownedBy(BOB)).withId("e2"));

        int erased = matrix.transactions().returning(tx -> matrix.events().erase(tx, ADA));
        nodes.drain(matrix);

        assertThat(erased).isEqualTo(1);
        assertThat(matrix.events().find("e1")).isEmpty();
        assertThat(ids(matrix, EventQuery.all().ofTypes("test.noted"))).containsExactly("e2");
        assertThat(nodes.notes()).containsExactly("kept");
        assertThat(matrix.events().publish(draft("e3").withKey("k"))).isEqualTo(new Published("e1", true));
    }
}
