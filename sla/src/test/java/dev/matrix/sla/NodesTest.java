package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.PageRequest;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.spi.Stores;
import dev.matrix.sla.spi.MeasurementStore;
import dev.matrix.sla.spi.MeasurementStore.BatchKey;
import dev.matrix.sla.spi.MeasurementStore.BatchMark;
import dev.matrix.sla.spi.MeasurementStore.BatchRow;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that crash, freeze, lose their database, or share a name. */
class NodesTest {

    private final ManualClock clock = ManualClock.at("2025-11-06T10:00:00Z");
    private final Outage stores = new Outage(Stores.inMemory(clock));

    private SlaNode node(String name) {
        return new SlaNode(stores, clock, name, builder -> builder);
    }

    private static RequestCounts requests(SlaNode node) {
        return node.slas.metrics(SlaNode.SUB, MetricWindow.current()).requests();
    }

    private static SlaReport report(SlaNode node) {
        return node.slas.report(SlaNode.SUB, SlaPeriod.parse("2025-11"));
    }

    @Test
    @Tag("C51")
    @Tag("S35")
    void ninetyMinutesWithoutADatabaseLoseNothing() {
        SlaNode node = node("one");
        node.bind("pro");
        node.minutes(2, 20, 0);
        stores.away(true);
        for (int i = 0; i < 90; i++) {
            count(node, 1_000);
            clock.advance(Duration.ofMinutes(1));
            node.tryDrive();
        }
        assertThat(node.slas.health().waitingMinutes()).isGreaterThanOrEqualTo(89);
        stores.away(false);
        clock.advance(Duration.ofSeconds(10));
        node.drive();
        node.minutes(1, 0, 0);

        assertThat(requests(node).good()).isEqualTo(2 * 20 + 90 * 1_000);
        assertThat(report(node).coverage().gaps()).isEmpty();
        assertThat(node.slas.health().lostMinutes()).isZero();
    }

    @Test
    @Tag("C51")
    void ofTwentyFiveHoursTheFirstIsAGapAndCounted() {
        SlaNode node = node("one");
        node.bind("pro");
        node.minutes(1, 20, 0);
        stores.away(true);
        for (int i = 0; i < 25 * 60; i++) {
            count(node, 1);
            clock.advance(Duration.ofMinutes(1));
            node.tryDrive();
        }
        stores.away(false);
        clock.advance(Duration.ofSeconds(10));
        node.drive();
        node.minutes(1, 0, 0);

        assertThat(node.slas.health().lostMinutes()).isBetween(58L, 61L);
        assertThat(report(node).coverage().gaps()).hasSize(1);
    }

    private static void count(SlaNode node, int good) {
        SlaRecorder recorder = node.slas.recorder(SlaNode.SUB);
        for (int i = 0; i < good; i++) {
            recorder.record(SlaNode.MILLI, Outcome.GOOD);
        }
    }

    @Test
    @Tag("C63")
    void aNodeThatIsKilledAndTwoOfOneNameCountApart() {
        SlaNode first = node("one");
        first.bind("pro");
        count(first, 5);
        first.minute();
        SlaNode again = node("one");
        SlaNode twin = new SlaNode(stores, clock, "one", 7, builder -> builder);
        count(again, 7);
        count(twin, 11);
        clock.advance(Duration.ofMinutes(1));
        again.drive();
        twin.drive();
        twin.minute();
        assertThat(requests(twin).good()).isEqualTo(5 + 7 + 11);
    }

    @Test
    @Tag("C65")
    @Tag("S46")
    void aFrozenNodeLeavesAGapAndAWrongClockClosesNothing() {
        SlaNode node = node("one");
        node.bind("pro");
        node.minutes(3, 20, 0);
        clock.advance(Duration.ofMinutes(6));
        node.drive();
        node.minutes(3, 20, 0);
        assertThat(report(node).coverage().gaps())
                .containsExactly(new SlaReport.Gap(
                        Instant.parse("2025-11-06T10:04:00Z"), Instant.parse("2025-11-06T10:09:00Z")));

        Instant before = clock.instant();
        clock.advance(Duration.ofDays(40));
        count(node, 9);
        node.drive();
        clock.set(before.plusSeconds(30));
        node.wake().drive();
        assertThat(node.slas.statements(null, PageRequest.first(5)).items()).isEmpty();
        node.minutes(3, 20, 0);
        assertThat(requests(node).good()).isEqualTo(3 * 20 + 3 * 20 + 3 * 20);
        assertThat(node.slas.metrics(SlaNode.SUB, MetricWindow.current()).to()).isBefore(before.plusSeconds(600));
        assertThat(report(node).coverage().gaps()).hasSize(1);
    }

    @Test
    @Tag("C71")
    @Tag("S49")
    void minutesInWhichANodeDidNotKnowTheBindingAreGaps() {
        SlaNode node = node("one");
        node.slas.bind(SlaBinding.of("sub_8", SlaNode.ADA, "pro", node.now()));
        node.minutes(1, 0, 0);
        node.slas.bind(SlaBinding.of(
                SlaNode.SUB,
                SlaNode.ADA,
                "pro",
                clock.instant().minus(Duration.ofMinutes(3)).truncatedTo(ChronoUnit.MINUTES)));
        node.minutes(5, 20, 0);
        assertThat(report(node).coverage().gaps()).isNotEmpty();

        Counting counting = new Counting(clock);
        SlaStores all = SlaStores.of(stores);
        Records records = new Records(all, new Text(node.matrix.json()), List.of(SlaDefinition.pro()));
        new SeriesStep(all, records, counting, 1).run(clock.instant());
        assertThat(counting.size()).isEqualTo(1);
        SlaRecorder second = counting.recorder(SlaNode.SUB);
        second.record(1, Outcome.GOOD);
        assertThat(counting.overflowed()).isEqualTo(1);
        counting.advance(clock.instant());
        assertThat(counting.takeClosed(true).get(0).getValue().known).hasSize(1);
    }

    private static BatchRow batch(long series, long minute, int shard, long revision, long good) {
        return new BatchRow(
                new BatchKey("node:x:1", minute, shard, 0),
                revision,
                new Batch(List.of(new Batch.Range(series, series)), Map.of(series, Month.counts(good, 0))).pack());
    }

    @Test
    @Tag("C64")
    @Tag("S10")
    void aBatchThatCommitsLateOrReversedCountsOnceAsItsNewestRevision() {
        SlaNode node = node("one");
        node.bind("pro");
        node.minutes(2, 0, 0);
        long minute = Counting.minute(clock.instant()) - 1;
        Subscribed bound = stores.transactions()
                .returning(tx -> new Records(SlaStores.of(stores), new Text(node.matrix.json()), List.of())
                        .subscription(tx, SlaNode.SUB)
                        .orElseThrow());
        long series = bound.row().series();
        MeasurementStore store = stores.get(MeasurementStore.class);
        stores.transactions().inTransaction(tx -> {
            store.putBatches(tx, List.of(batch(series, minute, bound.shard(), 3, 30)));
            store.putBatches(tx, List.of(batch(series, minute, bound.shard(), 2, 20)));
        });
        node.minutes(1, 0, 0);
        assertThat(requests(node).good()).isEqualTo(30);
        node.minutes(75, 0, 0);
        stores.transactions()
                .inTransaction(tx -> store.putBatches(tx, List.of(batch(series, minute, bound.shard(), 4, 44))));
        node.minutes(11, 0, 0);
        assertThat(requests(node).good()).isEqualTo(44);
        List<BatchMark> open =
                stores.transactions().returning(tx -> store.marks(tx, bound.shard(), minute, minute + 1, true));
        assertThat(open).isEmpty();
    }

    @Test
    @Tag("C79")
    @Tag("S55")
    void aBatchOfANewerFormatIsKeptAndItsShardLeftToANewerNode() {
        SlaNode node = node("one");
        node.bind("pro");
        node.slas.bind(SlaBinding.of("sub_8", SlaNode.ADA, "pro", node.now()));
        node.minutes(2, 20, 0);
        int shard = Subscribed.shard(SlaNode.SUB);
        long minute = Counting.minute(clock.instant()) - 1;
        MeasurementStore store = stores.get(MeasurementStore.class);
        BatchKey key = new BatchKey("node:new:1", minute, shard, 0);
        stores.transactions()
                .inTransaction(tx -> store.putBatches(tx, List.of(new BatchRow(key, 1, new byte[] {9, 9, 9}))));
        node.minutes(80, 20, 0);
        List<BatchMark> open = stores.transactions().returning(tx -> store.marks(tx, shard, minute, minute + 1, true));
        assertThat(open).extracting(BatchMark::key).contains(key);
        assertThat(node.matrix.steps())
                .filteredOn(step -> step.name().equals(EvaluateStep.NAME))
                .allSatisfy(step -> assertThat(step.failures()).isZero());
        assertThat(node.slas.metrics("sub_8", MetricWindow.current()).coverage().observedMinutes())
                .isGreaterThan(0);
    }

    @Test
    @Tag("S12")
    void anotherNodeGoesOnFromWhatIsStored() {
        SlaNode one = node("one");
        one.bind("enterprise");
        one.minutes(90, 20, 0).minutes(2, 0, 20);
        assertThat(one.events("sla.alert_opened")).isNotEmpty();
        int opened = one.events("sla.alert_opened").size();
        SlaNode two = node("two");
        clock.advance(Duration.ofSeconds(31));
        two.drive();
        two.minutes(3, 0, 20);
        assertThat(two.events("sla.alert_opened")).hasSize(opened);
        one.minutes(1, 0, 20);
        assertThat(one.events("sla.alert_opened")).hasSize(opened);
        assertThat(requests(two).good()).isEqualTo(90 * 20);
        assertThat(requests(two).bad()).isEqualTo(6 * 20);
    }

    @Test
    @Tag("S51")
    void aPurgeTakesFoldedBatchesAndLeavesWhatAnOpenPeriodNeeds() {
        SlaNode node = node("one");
        node.bind("pro");
        node.minutes(130, 20, 0);
        int before = marks();
        clock.advance(Duration.ofHours(50));
        node.minutes(70, 20, 0);
        assertThat(marks()).isLessThan(before + 71);
        assertThat(requests(node).good()).isEqualTo(200 * 20);
        SlaObjective first = SlaObjective.UPTIME;
        assertThat(report(node).segments().get(0).objectives().get(0).kind()).isEqualTo(first);
        assertThatThrownBy(() -> node.slas.close(SlaNode.SUB, SlaPeriod.parse("2025-11")))
                .isInstanceOf(ConflictException.class);
    }

    private int marks() {
        return stores.transactions()
                .<List<BatchMark>>returning(tx -> stores.get(MeasurementStore.class)
                        .marks(tx, Subscribed.shard(SlaNode.SUB), Long.MIN_VALUE, Long.MAX_VALUE, false))
                .size();
    }

    @Test
    void anOutageIsAnOutage() {
        stores.away(true);
        assertThatThrownBy(() -> stores.transactions().inTransaction(tx -> {})).isInstanceOf(StorageException.class);
    }
}
