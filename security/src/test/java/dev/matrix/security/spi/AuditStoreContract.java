package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AuditStore} promises. */
public interface AuditStoreContract extends StoreContract {

    private static AuditRow row(String id, Owner owner) {
        byte[] body = ("{\"v\":1,\"text\":\"ü \\u2028\",\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        return new AuditRow(
                id, owner, "p-" + owner.id(), "software:test", null, "a.b", "ADMIN", true, StoreUnderTest.START, body);
    }

    private static AuditFilter of(@Nullable Owner owner) {
        return new AuditFilter(owner, null, null, null, null, null);
    }

    @Test
    @Tag("G32")
    default void entriesAreReadBackByteForByteInTheOrderOfIds() {
        StoreUnderTest<AuditStore> entries = StoreUnderTest.of(this, AuditStore.class);
        Owner one = Owner.user("u1");
        entries.run((tx, store) -> {
            assertThat(store.insert(tx, row("a2", one))).isTrue();
            assertThat(store.insert(tx, row("a1", one))).isTrue();
            assertThat(store.insert(tx, row("a3", Owner.user("u2")))).isTrue();
            assertThat(store.insert(tx, row("a1", Owner.user("u3")))).isFalse();
        });
        entries.rollBack((tx, store) -> store.insert(tx, row("a4", one)));

        List<AuditRow> found = entries.get((tx, store) -> store.find(tx, List.of("a3", "a1", "a4")));
        assertThat(found).extracting(AuditRow::id).containsExactlyInAnyOrder("a1", "a3");

        Page<AuditRow> all = entries.get((tx, store) -> store.page(tx, of(null), PageRequest.first(2)));
        assertThat(all.items()).extracting(AuditRow::id).containsExactly("a1", "a2");
        assertThat(all.items().get(0).body()).isEqualTo(row("a1", one).body());
        Page<AuditRow> rest =
                entries.get((tx, store) -> store.page(tx, of(null), new PageRequest(9, all.nextCursor())));
        assertThat(rest.items()).extracting(AuditRow::id).containsExactly("a3");
        Page<AuditRow> ofOne = entries.get((tx, store) -> store.page(tx, of(one), PageRequest.first(9)));
        assertThat(ofOne.items()).extracting(AuditRow::id).containsExactly("a1", "a2");
    }

    private static AuditRow dated(String id, Owner owner, String action, String category, int second) {
        return new AuditRow(
                id,
                owner,
                "p-" + owner.id(),
                "software:test",
                null,
                action,
                category,
                true,
                StoreUnderTest.START.plusSeconds(second),
                new byte[1]);
    }

    @Test
    @Tag("G41")
    default void whatIsDueIsOldNotHeldAndDeleted() {
        StoreUnderTest<AuditStore> entries = StoreUnderTest.of(this, AuditStore.class);
        Owner one = Owner.user("u1");
        Owner two = Owner.user("u2");
        entries.run((tx, store) -> {
            store.insert(tx, dated("a5", one, "a.b", "DATA", 0));
            store.insert(tx, dated("a4", one, "a.b", "DATA", 1));
            store.insert(tx, dated("a3", two, "a.b", "DATA", 1));
            store.insert(tx, dated("a2", one, "a.kept", "DATA", 1));
            store.insert(tx, dated("a1", one, "a.b", "ADMIN", 1));
            store.insert(tx, dated("a0", one, "a.b", "DATA", 2));
        });
        Instant before = StoreUnderTest.START.plusSeconds(2);
        AuditHoldRow hold = new AuditHoldRow("h", one, "p-u1", StoreUnderTest.START.plusSeconds(1), before, false);
        AuditHoldRow other =
                new AuditHoldRow("i", two, "p-u2", StoreUnderTest.START, StoreUnderTest.START.plusSeconds(1), false);
        entries.run((tx, store) -> {
            assertThat(store.due(tx, "DATA", before, "a.kept", List.of(), 9))
                    .extracting(AuditRow::id)
                    .containsExactly("a5", "a3", "a4");
            assertThat(store.due(tx, "DATA", before, "a.kept", List.of(), 1))
                    .extracting(AuditRow::id)
                    .containsExactly("a5");
            assertThat(store.due(tx, "DATA", before, "a.kept", List.of(hold, other), 9))
                    .extracting(AuditRow::id)
                    .containsExactly("a5", "a3");
            store.delete(tx, List.of("a5", "a9"));
        });
        List<AuditRow> left = entries.get((tx, store) -> store.find(tx, List.of("a5", "a4")));
        assertThat(left).extracting(AuditRow::id).containsExactly("a4");
        assertThat(left.get(0).category()).isEqualTo("DATA");
    }

    private static AuditRow acted(String id, Owner owner, String person, String action, int second) {
        return new AuditRow(
                id,
                owner,
                "p-" + owner.id(),
                "person:" + owner + "/" + person,
                "p-" + person,
                action,
                "DATA",
                true,
                StoreUnderTest.START.plusSeconds(second),
                new byte[1]);
    }

    @Test
    default void entriesAreFoundByWhatTheyAre() {
        StoreUnderTest<AuditStore> entries = StoreUnderTest.of(this, AuditStore.class);
        Owner one = Owner.user("u1");
        entries.run((tx, store) -> {
            store.insert(tx, acted("a1", one, "alice", "a.b", 0));
            store.insert(tx, acted("a2", one, "bob", "a.c", 1));
            store.insert(tx, acted("a3", Owner.user("u2"), "alice", "a.b", 2));
        });
        Instant second = StoreUnderTest.START.plusSeconds(1);
        Map<AuditFilter, List<String>> wanted = Map.of(
                new AuditFilter(null, "person:user:u1/alice", null, null, null, null), List.of("a1"),
                new AuditFilter(null, null, "a.b", null, null, null), List.of("a1", "a3"),
                new AuditFilter(one, null, "a.b", "DATA", null, null), List.of("a1"),
                new AuditFilter(null, null, null, "ADMIN", null, null), List.of(),
                new AuditFilter(null, null, null, null, second, null), List.of("a2", "a3"),
                new AuditFilter(null, null, null, null, null, second), List.of("a1"));
        wanted.forEach((filter, ids) -> assertThat(
                        entries.get((tx, store) -> store.page(tx, filter, PageRequest.first(9)))
                                .items())
                .as(filter.toString())
                .extracting(AuditRow::id)
                .containsExactlyElementsOf(ids));
    }

    @Test
    @Tag("G70")
    default void aPseudonymTakesThePlaceOfClearIdsALimitAtATime() {
        StoreUnderTest<AuditStore> entries = StoreUnderTest.of(this, AuditStore.class);
        Owner one = Owner.user("u1");
        entries.run((tx, store) -> {
            for (int i = 1; i <= 3; i++) {
                store.insert(tx, acted("a" + i, one, "alice", "a.b", i));
            }
            store.insert(tx, acted("a4", one, "bob", "a.b", 4));
        });
        assertThat(entries.<Integer>get((tx, store) -> store.blank(tx, "p-alice", 2)))
                .isEqualTo(2);
        assertThat(entries.<Integer>get((tx, store) -> store.blank(tx, "p-alice", 2)))
                .isEqualTo(1);
        assertThat(entries.<Integer>get((tx, store) -> store.blank(tx, "p-alice", 2)))
                .isZero();
        assertThat(entries.<Integer>get((tx, store) -> store.blank(tx, "p-u1", 9)))
                .isEqualTo(4);
        List<AuditRow> rows = entries.get((tx, store) -> store.find(tx, List.of("a1", "a4")));
        assertThat(rows).extracting(AuditRow::owner).containsOnly(Owner.user("p-u1"));
        assertThat(rows).extracting(AuditRow::actor).containsExactlyInAnyOrder("person:p-alice", "person:user:u1/bob");
    }
}
