package dev.matrix.analytics.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.spi.FactFilter.ColumnFilter;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link FactStore} promises. */
public interface FactStoreContract extends StoreContract {

    Instant START = StoreUnderTest.START;

    /** Random facts of few customers, things and instants, so that many meet. */
    static List<Fact> random(Random random, int count) {
        List<Fact> facts = new ArrayList<>();
        FactKind[] kinds = FactKind.values();
        String[] currencies = {"", "EUR", "JPY"};
        for (int i = 0; i < count; i++) {
            FactKind kind = kinds[random.nextInt(kinds.length)];
            FactKey key = new FactKey(kind, 1 + random.nextInt(12), "k" + random.nextInt(40));
            BigInteger amount = new BigInteger(88, random).subtract(BigInteger.TEN.pow(26));
            facts.add(Fact.builder(
                            key,
                            "evt_" + random.nextInt(1_000),
                            START.plus(Duration.ofHours(random.nextInt(60 * 24))),
                            START.plus(Duration.ofDays(random.nextInt(70))))
                    .meter(random.nextInt(4))
                    .partner(random.nextInt(3))
                    .resourceKind(random.nextInt(2))
                    .amount(currencies[random.nextInt(3)], amount)
                    .quantity(new BigDecimal(BigInteger.valueOf(random.nextLong()), 9))
                    .refId(random.nextBoolean() ? "" : "r" + random.nextInt(5))
                    .resourceId(random.nextBoolean() ? "" : "i_" + random.nextInt(5))
                    .durationMillis(random.nextBoolean() ? null : (long) random.nextInt(10_000))
                    .success(random.nextInt(3) == 0 ? null : random.nextBoolean())
                    .waste(random.nextInt(2))
                    .corrected(random.nextInt(5) == 0)
                    .build());
        }
        return facts;
    }

    /** A random query over the time of {@link #random(Random, int)}. */
    static FactQuery query(Random random) {
        List<Instant> edges = new ArrayList<>(List.of(START.plus(Duration.ofHours(random.nextInt(500)))));
        int buckets = 1 + random.nextInt(8);
        for (int i = 0; i < buckets; i++) {
            edges.add(edges.get(i).plus(Duration.ofHours(1 + random.nextInt(400))));
        }
        Set<FactColumn> groups = EnumSet.noneOf(FactColumn.class);
        List<ColumnFilter> columns = new ArrayList<>();
        for (FactColumn column : FactColumn.values()) {
            if (random.nextInt(3) == 0) {
                groups.add(column);
            }
            if (random.nextInt(4) == 0) {
                columns.add(new ColumnFilter(column, random.nextBoolean(), Set.of(0, 1 + random.nextInt(3))));
            }
        }
        Set<FactKind> kinds = EnumSet.of(FactKind.USAGE);
        for (FactKind kind : FactKind.values()) {
            if (random.nextBoolean()) {
                kinds.add(kind);
            }
        }
        Instant before = random.nextBoolean() ? FactFilter.ALWAYS : START.plus(Duration.ofDays(random.nextInt(70)));
        FactFilter filter = new FactFilter(kinds, edges.get(0), edges.get(buckets), before, columns);
        return new FactQuery(filter, edges, groups, random.nextBoolean());
    }

    private static void append(StoreUnderTest<FactStore> facts, List<Fact> batch) {
        TreeMap<FactKey, Fact> once = new TreeMap<>();
        batch.forEach(fact -> once.merge(fact.key(), fact, Fact::merged));
        facts.run((tx, store) -> store.append(tx, List.copyOf(once.values())));
    }

    private static Collection<Fact> merged(List<Fact> facts) {
        TreeMap<FactKey, Fact> merged = new TreeMap<>();
        facts.forEach(fact -> merged.merge(fact.key(), fact, Fact::merged));
        return merged.values();
    }

    @Test
    @Tag("AN2")
    @Tag("AN3")
    @Tag("AC17")
    default void batchesOfAnySizeTwiceEachGiveTheCellsOfAnyQuery() {
        for (int size : new int[] {1, 7, 1_000}) {
            Random random = new Random(size);
            StoreUnderTest<FactStore> facts = StoreUnderTest.of(this, FactStore.class);
            List<Fact> all = random(random, size == 1 ? 150 : 700);
            for (int from = 0; from < all.size(); from += size) {
                List<Fact> batch = all.subList(from, Math.min(all.size(), from + size));
                append(facts, batch);
                append(facts, batch);
            }
            for (int i = 0; i < 25; i++) {
                FactQuery query = query(random);
                FactCells expected = new FactCells(query);
                merged(all).forEach(expected::add);
                List<FactCell> found = new ArrayList<>();
                facts.run((tx, store) -> store.aggregate(tx, query, found::add));
                assertThat(found).as("query %s of %s", i, query).containsExactlyInAnyOrderElementsOf(expected.cells());
            }
        }
    }

    @Test
    @Tag("AN60")
    default void aThingIsWhatItsEarliestEventSaysInAnyOrder() {
        FactKey key = new FactKey(FactKind.DISPUTE_LOST, 1, "dsp_1");
        Fact early = Fact.builder(key, "evt_b", START, START.plusSeconds(60))
                .amount("EUR", BigInteger.ONE)
                .build();
        Fact late = Fact.builder(key, "evt_a", START.plusSeconds(1), START.plusSeconds(2))
                .amount("EUR", BigInteger.TWO)
                .corrected(true)
                .build();
        for (List<Fact> order : List.of(List.of(early, late), List.of(late, early))) {
            StoreUnderTest<FactStore> facts = StoreUnderTest.of(this, FactStore.class);
            order.forEach(fact -> facts.run((tx, store) -> store.append(tx, List.of(fact))));
            assertThat(facts.<List<Fact>>get((tx, store) -> store.find(tx, List.of(key))))
                    .containsExactly(early.merged(late));
            assertThat(facts.<List<Fact>>get((tx, store) -> store.append(tx, order)))
                    .as("nothing changes any more")
                    .isEmpty();
        }
        assertThat(early.merged(late).recordedAt()).isEqualTo(late.recordedAt());
        assertThat(early.merged(late).amount()).isEqualTo(BigInteger.ONE);
    }

    @Test
    default void factsAreFoundByEventReferenceAndInKeyOrder() {
        StoreUnderTest<FactStore> facts = StoreUnderTest.of(this, FactStore.class);
        List<Fact> all = random(new Random(5), 300);
        append(facts, all);
        List<Fact> stored = List.copyOf(merged(all));
        FactFilter filter =
                FactFilter.of(EnumSet.allOf(FactKind.class), Instant.EPOCH, START.plus(Duration.ofDays(99)));
        List<Fact> scanned = new ArrayList<>();
        FactKey after = null;
        for (List<Fact> page = List.of(stored.get(0)); !page.isEmpty(); ) {
            FactKey last = after;
            page = facts.get((tx, store) -> store.scan(tx, filter, last, 17));
            scanned.addAll(page);
            after = page.isEmpty() ? last : page.get(page.size() - 1).key();
        }
        assertThat(scanned).isEqualTo(stored);
        assertThat(facts.<List<Fact>>get(
                        (tx, store) -> store.referring(tx, FactKind.CORRECTION, List.of("r1", "r3", "nothing"))))
                .containsExactlyInAnyOrderElementsOf(stored.stream()
                        .filter(fact -> fact.kind() == FactKind.CORRECTION
                                && List.of("r1", "r3").contains(fact.refId()))
                        .toList());
        String known = stored.get(3).eventId();
        assertThat(facts.<Set<String>>get((tx, store) -> store.known(tx, List.of(known, "evt_x"))))
                .containsExactly(known);
    }

    @Test
    @Tag("AN42")
    default void clearedFactsCountAsBeforeAndNameNothing() {
        StoreUnderTest<FactStore> facts = StoreUnderTest.of(this, FactStore.class);
        Fact fact = Fact.builder(new FactKey(FactKind.PAYMENT, 1, "pay_1"), "evt_1", START, START)
                .amount("EUR", BigInteger.TEN)
                .refId("inv_1")
                .resourceId("i_1")
                .build();
        Fact others = fact.withKey(new FactKey(FactKind.PAYMENT, 2, "pay_2"));
        facts.run((tx, store) -> store.append(tx, List.of(fact, others)));
        assertThat(facts.<Integer>get((tx, store) -> store.clearReferences(tx, 1, 10)))
                .isEqualTo(1);
        assertThat(facts.<Integer>get((tx, store) -> store.clearReferences(tx, 1, 10)))
                .isZero();
        FactFilter filter = FactFilter.of(Set.of(FactKind.PAYMENT), START, START.plusSeconds(1));
        assertThat(facts.<List<Fact>>get((tx, store) -> store.scan(tx, filter, null, 10)))
                .containsExactly(
                        fact.withKey(new FactKey(FactKind.PAYMENT, 1, "erased:evt_1")).toBuilder()
                                .refId("")
                                .resourceId("")
                                .build(),
                        others);
    }

    @Test
    default void whatRollsBackLeavesNothing() {
        StoreUnderTest<FactStore> facts = StoreUnderTest.of(this, FactStore.class);
        List<Fact> some = List.copyOf(merged(random(new Random(1), 20)));
        facts.rollBack((tx, store) -> store.append(tx, some));
        assertThat(facts.<List<Fact>>get((tx, store) ->
                        store.find(tx, some.stream().map(Fact::key).toList())))
                .isEmpty();
        assertThat(facts.<Set<String>>get((tx, store) ->
                        store.known(tx, some.stream().map(Fact::eventId).toList())))
                .isEmpty();
    }
}
