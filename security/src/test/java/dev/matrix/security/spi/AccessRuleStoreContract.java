package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.net.IpRange;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AccessRuleStore} promises. */
public interface AccessRuleStoreContract extends StoreContract {

    private static IpRuleRow row(String id, String scope, String range, String action) {
        return new IpRuleRow(
                id,
                scope,
                "user:u1",
                IpRange.parse(range),
                action,
                "note",
                StoreUnderTest.START.plus(Duration.ofDays(1)),
                StoreUnderTest.START,
                "software:test",
                0,
                null);
    }

    @Test
    default void whatIsInsertedIsFoundAsItWas() {
        StoreUnderTest<AccessRuleStore> rules = StoreUnderTest.of(this, AccessRuleStore.class);
        List<String> ranges = List.of(
                "0.0.0.0/0",
                "10.0.0.7",
                "255.255.255.255",
                "10.0.0.1-10.0.0.9",
                "::/0",
                "::1",
                "2001:db8::/32",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        for (String range : ranges) {
            IpRuleRow row = row("r" + range, "s", range, "A_NEWER_ACTION");
            assertThat(rules.<Boolean>get((tx, store) -> store.insert(tx, row))).isTrue();
            assertThat(rules.<Optional<IpRuleRow>>get((tx, store) -> store.find(tx, row.id())))
                    .contains(row);
        }
        assertThat(rules.<Optional<IpRuleRow>>get((tx, store) -> store.find(tx, "none")))
                .isEmpty();
    }

    @Test
    @Tag("G62")
    default void ofTheSameScopeRangeAndActionThereIsOne() {
        StoreUnderTest<AccessRuleStore> rules = StoreUnderTest.of(this, AccessRuleStore.class);
        rules.run((tx, store) -> {
            assertThat(store.insert(tx, row("r1", "s", "10.0.0.0/8", "BLOCK"))).isTrue();
            assertThat(store.insert(tx, row("r2", "s", "10.0.0.0/8", "BLOCK"))).isFalse();
            assertThat(store.insert(tx, row("r3", "s", "10.0.0.0/8", "ALLOW"))).isTrue();
            assertThat(store.insert(tx, row("r4", "s", "10.0.0.0/9", "BLOCK"))).isTrue();
            assertThat(store.insert(tx, row("r5", "other", "10.0.0.0/8", "BLOCK")))
                    .isTrue();
        });
        rules.run((tx, store) -> assertThat(store.delete(tx, "r1")).isTrue());
        rules.run((tx, store) -> {
            assertThat(store.delete(tx, "r1")).isFalse();
            assertThat(store.insert(tx, row("r2", "s", "10.0.0.0/8", "BLOCK"))).isTrue();
        });
    }

    @Test
    default void aScopeIsPagedInTheOrderOfIds() {
        StoreUnderTest<AccessRuleStore> rules = StoreUnderTest.of(this, AccessRuleStore.class);
        for (int i = 5; i >= 1; i--) {
            int id = i;
            rules.run((tx, store) -> store.insert(tx, row("r" + id, "s", "10.0.0." + id, "BLOCK")));
        }
        rules.run((tx, store) -> store.insert(tx, row("r0", "other", "10.0.0.1", "BLOCK")));

        Page<IpRuleRow> first = rules.get((tx, store) -> store.page(tx, "s", PageRequest.first(2)));
        assertThat(first.items()).extracting(IpRuleRow::id).containsExactly("r1", "r2");
        Page<IpRuleRow> rest = rules.get((tx, store) -> store.page(tx, "s", new PageRequest(9, first.nextCursor())));
        assertThat(rest.items()).extracting(IpRuleRow::id).containsExactly("r3", "r4", "r5");
        assertThat(rest.nextCursor()).isNull();
        assertThat(rules.<List<IpRuleRow>>get((tx, store) -> store.after(tx, "s", "r4", 9)))
                .extracting(IpRuleRow::id)
                .containsExactly("r5");
    }

    @Test
    default void anOwnersRulesAreCountedByScope() {
        StoreUnderTest<AccessRuleStore> rules = StoreUnderTest.of(this, AccessRuleStore.class);
        rules.run((tx, store) -> {
            store.insert(tx, row("r1", "a", "10.0.0.1", "BLOCK"));
            store.insert(tx, row("r2", "a", "10.0.0.2", "BLOCK"));
            store.insert(tx, row("r3", "b", "10.0.0.1", "BLOCK"));
        });

        assertThat(rules.<Map<String, Integer>>get((tx, store) -> store.countByScope(tx, "user:u1")))
                .containsOnly(Map.entry("a", 2), Map.entry("b", 1));
        assertThat(rules.<Map<String, Integer>>get((tx, store) -> store.countByScope(tx, "user:u2")))
                .isEmpty();
    }

    @Test
    default void hitsAddUp() {
        StoreUnderTest<AccessRuleStore> rules = StoreUnderTest.of(this, AccessRuleStore.class);
        rules.run((tx, store) -> store.insert(tx, row("r1", "s", "10.0.0.1", "BLOCK")));
        rules.run((tx, store) -> store.addHits(tx, "r1", 3, StoreUnderTest.START));
        rules.run((tx, store) -> store.addHits(tx, "r1", 4, StoreUnderTest.START.plusSeconds(1)));
        rules.run((tx, store) -> store.addHits(tx, "none", 4, StoreUnderTest.START));

        IpRuleRow row = rules.get((tx, store) -> store.find(tx, "r1")).orElseThrow();
        assertThat(row.hits()).isEqualTo(7);
        assertThat(row.lastHitAt()).isEqualTo(StoreUnderTest.START.plusSeconds(1));
    }
}
