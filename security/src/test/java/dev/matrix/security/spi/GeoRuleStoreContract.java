package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link GeoRuleStore} promises. */
public interface GeoRuleStoreContract extends StoreContract {

    private static GeoRuleRow row(String id, String scope, String match, String action) {
        return new GeoRuleRow(
                id,
                scope,
                "user:u1",
                match,
                action,
                "note",
                StoreUnderTest.START.plusSeconds(60),
                StoreUnderTest.START,
                "software:test");
    }

    @Test
    @Tag("G62")
    default void ofTheSameScopeMatchAndActionThereIsOne() {
        StoreUnderTest<GeoRuleStore> rules = StoreUnderTest.of(this, GeoRuleStore.class);
        rules.run((tx, store) -> {
            assertThat(store.insert(tx, row("r1", "s", "country:DE", "BLOCK"))).isTrue();
            assertThat(store.insert(tx, row("r2", "s", "country:DE", "BLOCK"))).isFalse();
            assertThat(store.insert(tx, row("r3", "s", "country:DE", "A_NEWER_ACTION")))
                    .isTrue();
            assertThat(store.insert(tx, row("r4", "s", "a_newer_match", "BLOCK")))
                    .isTrue();
            assertThat(store.insert(tx, row("r5", "other", "country:DE", "BLOCK")))
                    .isTrue();
        });
        assertThat(rules.<Optional<GeoRuleRow>>get((tx, store) -> store.find(tx, "r3")))
                .contains(row("r3", "s", "country:DE", "A_NEWER_ACTION"));
        rules.run((tx, store) -> assertThat(store.delete(tx, "r1")).isTrue());
        rules.run((tx, store) -> {
            assertThat(store.delete(tx, "r1")).isFalse();
            assertThat(store.find(tx, "r1")).isEmpty();
            assertThat(store.insert(tx, row("r2", "s", "country:DE", "BLOCK"))).isTrue();
        });
    }

    @Test
    default void aScopeIsPagedInTheOrderOfIdsAndCounted() {
        StoreUnderTest<GeoRuleStore> rules = StoreUnderTest.of(this, GeoRuleStore.class);
        rules.run((tx, store) -> {
            store.insert(tx, row("r3", "s", "country:FR", "BLOCK"));
            store.insert(tx, row("r1", "s", "country:DE", "BLOCK"));
            store.insert(tx, row("r2", "s", "country:GB", "BLOCK"));
            store.insert(tx, row("r0", "other", "country:GB", "BLOCK"));
        });
        Page<GeoRuleRow> first = rules.get((tx, store) -> store.page(tx, "s", PageRequest.first(2)));
        assertThat(first.items()).extracting(GeoRuleRow::id).containsExactly("r1", "r2");
        Page<GeoRuleRow> rest = rules.get((tx, store) -> store.page(tx, "s", new PageRequest(9, first.nextCursor())));
        assertThat(rest.items()).extracting(GeoRuleRow::id).containsExactly("r3");
        assertThat(rules.<Map<String, Integer>>get((tx, store) -> store.countByScope(tx, "user:u1")))
                .containsOnly(Map.entry("s", 3), Map.entry("other", 1));
        assertThat(rules.<Map<String, Integer>>get((tx, store) -> store.countByScope(tx, "user:u2")))
                .isEmpty();
    }
}
