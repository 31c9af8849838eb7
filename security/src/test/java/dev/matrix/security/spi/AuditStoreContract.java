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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AuditStore} promises. */
public interface AuditStoreContract extends StoreContract {

    private static AuditRow row(String id, Owner owner) {
        byte[] body = ("{\"v\":1,\"text\":\"ü \\u2028\",\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        return new AuditRow(id, owner, "software:test", "a.b", "ADMIN", true, StoreUnderTest.START, body);
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

        Page<AuditRow> all = entries.get((tx, store) -> store.page(tx, List.of(), PageRequest.first(2)));
        assertThat(all.items()).extracting(AuditRow::id).containsExactly("a1", "a2");
        assertThat(all.items().get(0).body()).isEqualTo(row("a1", one).body());
        Page<AuditRow> rest =
                entries.get((tx, store) -> store.page(tx, List.of(), new PageRequest(9, all.nextCursor())));
        assertThat(rest.items()).extracting(AuditRow::id).containsExactly("a3");
        Page<AuditRow> ofOne = entries.get((tx, store) -> store.page(tx, List.of(one), PageRequest.first(9)));
        assertThat(ofOne.items()).extracting(AuditRow::id).containsExactly("a1", "a2");
    }

    private static AuditRow dated(String id, Owner owner, String action, String category, int second) {
        return new AuditRow(
                id,
                owner,
                "software:test",
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
        AuditHoldRow hold = new AuditHoldRow("h", one, StoreUnderTest.START.plusSeconds(1), before);
        AuditHoldRow other = new AuditHoldRow("i", two, StoreUnderTest.START, StoreUnderTest.START.plusSeconds(1));
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
}
