package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.sla.spi.SlaBindingStore.SnapshotRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many subscriptions, many changes, many callers at once. */
class ManyTest {

    private static final Instant FIRST = Instant.parse("2025-11-01T00:00:00Z");

    @Test
    @Tag("C46")
    @Tag("S7")
    void aMillionRecordsOfUnknownSubscriptionsGoToOneCounter() {
        SlaNode node = SlaNode.at("2025-11-01T00:00:00Z");
        for (int i = 0; i < 1_000_000; i++) {
            node.slas.recorder("unknown-" + i).record(1, Outcome.GOOD);
        }
        assertThat(node.slas.health().overflowed()).isEqualTo(1_000_000);
        assertThat(node.slas.health().series()).isZero();
    }

    @Test
    @Tag("C47")
    void aPortfolioOfAThousandSaysWhatTheSingleFiguresSay() {
        SlaNode node = SlaNode.at("2025-11-01T00:00:00Z");
        node.matrix.transactions().inTransaction(tx -> {
            for (int i = 0; i < 1_000; i++) {
                node.slas.bind(
                        tx, SlaBinding.of("sub_" + i, Owner.user("u" + i % 7), i % 2 == 0 ? "pro" : "free", FIRST));
            }
        });
        node.drive();
        for (int i = 0; i < 1_000; i++) {
            SlaRecorder recorder = node.slas.recorder("sub_" + i);
            for (int n = 0; n < 20; n++) {
                recorder.record(1, n < i % 5 ? Outcome.BAD : Outcome.GOOD);
            }
        }
        node.minute();
        List<SlaMetrics> all = new ArrayList<>();
        PageRequest request = PageRequest.first(300);
        for (var page = node.slas.portfolio(PortfolioQuery.all(), request); ; ) {
            all.addAll(page.items());
            String cursor = page.nextCursor();
            if (cursor == null) {
                break;
            }
            page = node.slas.portfolio(PortfolioQuery.all(), PageRequest.after(cursor, 300));
        }
        assertThat(all).hasSize(1_000);
        for (SlaMetrics each : all) {
            assertThat(each).isEqualTo(node.slas.metrics(each.subscriptionId(), MetricWindow.current()));
        }
    }

    @Test
    @Tag("C75")
    @Tag("S51")
    void tenThousandChangesInAMonthMakeFewSegments() {
        SlaNode node = SlaNode.at("2025-11-01T00:00:00Z");
        Text text = new Text(node.matrix.json());
        Random random = new Random(7);
        List<SnapshotRow> rows = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Instant at = FIRST.plusSeconds(60L * random.nextInt(30 * 1_440));
            String tier = List.of("free", "pro", "enterprise").get(random.nextInt(3));
            rows.add(new SnapshotRow(
                    SlaNode.SUB,
                    at,
                    i,
                    "evt_" + i,
                    text.of(new SubscriptionFollower.Snapshot(
                            SubscriptionStatus.ACTIVE, tier, null, ZoneId.of("UTC")))));
        }
        rows.sort(Comparator.comparing(SnapshotRow::effectiveAt).thenComparing(SnapshotRow::sequence));
        List<SlaBinding> made = SubscriptionFollower.bindings(SlaNode.SUB, SlaNode.ADA, rows, text);
        assertThat(made.size()).isBetween(33, 64);
        for (int i = 1; i < made.size(); i++) {
            assertThat(made.get(i).from()).isEqualTo(made.get(i - 1).to());
        }
    }

    @Test
    @Tag("C66")
    @Tag("S47")
    void overlappingBindsAtOnceMakeOne() throws InterruptedException, ExecutionException {
        SlaNode node = SlaNode.at("2025-11-01T00:00:00Z");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> binds = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Instant from = FIRST.plus(Duration.ofHours(i));
                binds.add(() -> bound(node, SlaBinding.of(SlaNode.SUB, SlaNode.ADA, "pro", from)));
            }
            int made = 0;
            for (Future<Boolean> each : threads.invokeAll(binds)) {
                made += each.get() ? 1 : 0;
            }
            assertThat(made).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    private static boolean bound(SlaNode node, SlaBinding binding) {
        try {
            node.slas.bind(binding);
            return true;
        } catch (ConflictException overlaps) {
            return false;
        }
    }

    @Test
    @Tag("C59")
    @Tag("S43")
    void theLastDaySlidesAndDaysAreCalendarDays() {
        SlaNode node = SlaNode.at("2025-11-06T12:00:00Z");
        Instant from = Instant.parse("2025-11-06T12:00:00Z");
        node.bind("pro");
        List<MeasurementBatch.Minute> minutes = new ArrayList<>();
        long down = Counting.minute(Instant.parse("2025-11-06T23:30:00Z"));
        for (long minute = Counting.minute(from); minute < Counting.minute(from) + 1_440; minute++) {
            long bad = minute >= down && minute < down + 60 ? 100 : 0;
            minutes.add(new MeasurementBatch.Minute(SlaNode.SUB, Periods.instant(minute), 100, bad, 0L, 0L));
        }
        node.clock.set(Instant.parse("2025-11-07T12:00:00Z"));
        node.slas.add(new MeasurementBatch("edge", "1", List.of(), minutes.subList(0, 800)));
        node.slas.add(new MeasurementBatch("edge", "2", List.of(), minutes.subList(800, 1_440)));
        node.drive();
        SlaMetrics day = node.slas.metrics(SlaNode.SUB, MetricWindow.last(Duration.ofDays(1)));
        assertThat(day.objectives().get(0).total() - day.objectives().get(0).good())
                .isEqualTo(60);
        assertThat(node.slas.report(SlaNode.SUB, SlaPeriod.parse("2025-11")).days())
                .extracting(SlaReport.ReportDay::down)
                .containsExactly(30L, 30L);
    }
}
