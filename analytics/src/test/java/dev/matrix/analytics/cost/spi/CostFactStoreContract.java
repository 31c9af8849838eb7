package dev.matrix.analytics.cost.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.CostFactStore.FactRow;
import dev.matrix.analytics.cost.spi.CostFactStore.UsageRow;
import dev.matrix.core.Owner;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link CostFactStore} promises. */
public interface CostFactStoreContract extends StoreContract {

    Owner ADA = Owner.user("ada");
    Owner BOB = Owner.user("bob");
    Instant NOON = Instant.parse("2026-03-01T12:00:00.000001Z");

    private static UsageRow usage(String event, Owner owner, Instant at, @Nullable String cause) {
        return new UsageRow(
                event, owner, "sub_1", "tokens", new BigDecimal("0.000000001000000000000000000001"), null, cause, at);
    }

    private static List<UsageRow> read(StoreUnderTest<CostFactStore> store, Owner owner, Instant from, Instant to) {
        List<UsageRow> read = new ArrayList<>();
        store.run((tx, s) -> s.usage(tx, owner, new Window(from, to), read::add));
        return read;
    }

    @Test
    @Tag("CC23")
    default void anEventCountsOnceAndKeepsItsDigits() {
        StoreUnderTest<CostFactStore> store = StoreUnderTest.of(this, CostFactStore.class);
        UsageRow later = usage("evt_2", ADA, NOON.plusSeconds(1), "failed");
        UsageRow first = usage("evt_1", ADA, NOON, null);
        store.run((tx, s) -> s.addUsage(tx, List.of(later, first, usage("evt_3", BOB, NOON, null))));
        store.run((tx, s) -> s.addUsage(tx, List.of(usage("evt_1", ADA, NOON.plusSeconds(9), "retry"))));
        assertThat(read(store, ADA, NOON, NOON.plusSeconds(60))).containsExactly(first, later);
        assertThat(read(store, ADA, NOON, NOON.plusSeconds(1))).containsExactly(first);
        assertThat(read(store, ADA, NOON.plusSeconds(2), NOON.plusSeconds(60))).isEmpty();
        assertThat(store.<Optional<Instant>>get((tx, s) -> s.firstUsage(tx, ADA)))
                .contains(NOON);
        assertThat(store.<Optional<Instant>>get((tx, s) -> s.firstUsage(tx, Owner.user("none"))))
                .isEmpty();
    }

    @Test
    default void snapshotsComeInTheOrderInWhichTheyHold() {
        StoreUnderTest<CostFactStore> store = StoreUnderTest.of(this, CostFactStore.class);
        FactRow second = new FactRow("evt_a", ADA, "subscription", "sub_1", NOON, 2, "{}");
        FactRow first = new FactRow("evt_b", ADA, "subscription", "sub_1", NOON, 1, "{}");
        FactRow other = new FactRow("evt_c", ADA, "subscription", "sub_0", NOON.plusSeconds(5), 1, "{}");
        store.run((tx, s) -> s.addFacts(tx, List.of(second, first, other)));
        store.run(
                (tx, s) -> s.addFacts(tx, List.of(new FactRow("evt_a", ADA, "subscription", "sub_9", NOON, 3, "{}"))));
        assertThat(store.<List<FactRow>>get((tx, s) -> s.facts(tx, ADA))).containsExactly(other, first, second);
        assertThat(store.<List<FactRow>>get((tx, s) -> s.facts(tx, BOB))).isEmpty();
    }

    @Test
    @Tag("CO42")
    default void ownersAreFoundByPartAndGoneWhenErased() {
        StoreUnderTest<CostFactStore> store = StoreUnderTest.of(this, CostFactStore.class);
        Owner partner = Owner.partner("ada");
        store.run((tx, s) -> {
            s.enrol(tx, BOB, 7);
            s.enrol(tx, ADA, 7);
            s.enrol(tx, ADA, 7);
            s.enrol(tx, partner, 7);
            s.enrol(tx, Owner.user("eve"), 8);
            s.addUsage(tx, List.of(usage("evt_1", ADA, NOON, null), usage("evt_2", BOB, NOON, null)));
        });
        assertThat(store.<List<Owner>>get((tx, s) -> s.owners(tx, 7, null, 10))).containsExactly(ADA, BOB, partner);
        assertThat(store.<List<Owner>>get((tx, s) -> s.owners(tx, 7, ADA, 1))).containsExactly(BOB);
        assertThat(store.<Boolean>get((tx, s) -> s.lock(tx, ADA))).isTrue();
        assertThat(store.<Integer>get((tx, s) -> s.erase(tx, ADA))).isEqualTo(2);
        assertThat(store.<Boolean>get((tx, s) -> s.lock(tx, ADA))).isFalse();
        assertThat(read(store, ADA, NOON, NOON.plusSeconds(1))).isEmpty();
        assertThat(read(store, BOB, NOON, NOON.plusSeconds(1))).hasSize(1);
    }
}
