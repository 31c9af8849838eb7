package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From a record in memory to metrics out of stored rows. */
class RecorderTest {

    private final SlaNode node = SlaNode.at("2025-11-01T00:00:00Z");

    private SlaMetrics metrics() {
        return node.slas.metrics(SlaNode.SUB, MetricWindow.current());
    }

    @Test
    @Tag("S1")
    @Tag("S9")
    @Tag("S35")
    void whatIsRecordedShowsAfterItsMinute() {
        node.bind("enterprise");
        node.minutes(3, 100, 0).minutes(1, 80, 20);

        SlaMetrics metrics = metrics();

        assertThat(metrics.requests()).isEqualTo(new RequestCounts(380, 20, 0, 0, 0, 0));
        assertThat(metrics.coverage().observedMinutes()).isEqualTo(4);
        assertThat(metrics.objectives().get(0).total()).isEqualTo(4);
        assertThat(metrics.objectives().get(0).good()).isEqualTo(3);
        assertThat(metrics.objectives().get(0).attainment()).isEqualByComparingTo("75");
        assertThat(metrics.state()).isEqualTo(ComplianceState.AT_RISK);
    }

    @Test
    @Tag("S1")
    void httpStatusesAreOutcomes() {
        assertThat(Outcome.ofHttpStatus(304)).isEqualTo(Outcome.GOOD);
        assertThat(Outcome.ofHttpStatus(429)).isEqualTo(Outcome.THROTTLED);
        assertThat(Outcome.ofHttpStatus(499)).isEqualTo(Outcome.CANCELLED);
        assertThat(Outcome.ofHttpStatus(404)).isEqualTo(Outcome.CLIENT_ERROR);
        assertThat(Outcome.ofHttpStatus(503)).isEqualTo(Outcome.REJECTED);
        assertThat(Outcome.ofHttpStatus(500)).isEqualTo(Outcome.BAD);
        assertThat(Outcome.ofHttpStatus(0)).isEqualTo(Outcome.BAD);
        assertThat(Outcome.ofHttpStatus(600)).isEqualTo(Outcome.BAD);
    }

    @Test
    @Tag("C10")
    @Tag("S8")
    void twentyMillionRecordsOfTwoThreadsAreCountedExactly() throws InterruptedException {
        node.bind("enterprise");
        SlaRecorder recorder = node.slas.recorder(SlaNode.SUB);
        Runnable ten = () -> {
            for (int i = 0; i < 10_000_000; i++) {
                recorder.record(SlaNode.MILLI, i % 10 == 0 ? Outcome.BAD : Outcome.GOOD);
            }
        };
        Thread other = new Thread(ten);
        other.start();
        ten.run();
        other.join();
        node.minute();

        assertThat(metrics().requests()).isEqualTo(new RequestCounts(18_000_000, 2_000_000, 0, 0, 0, 0));
    }

    @Test
    @Tag("C28")
    @Tag("C46")
    @Tag("S7")
    void negativeDurationsAndUnknownSubscriptionsAreCountedApart() {
        node.bind("pro");
        node.slas.recorder(SlaNode.SUB).record(-1, Outcome.GOOD);
        for (int i = 0; i < 1_000; i++) {
            node.slas.recorder("unknown_" + i).record(1, Outcome.GOOD);
        }

        assertThat(node.slas.health().rejected()).isEqualTo(1);
        assertThat(node.slas.health().overflowed()).isEqualTo(1_000);
        assertThat(node.slas.health().series()).isEqualTo(1);
    }

    @Test
    @Tag("S49")
    void aKeptRecorderCountsOnceThereIsABinding() {
        SlaRecorder kept = node.slas.recorder(SlaNode.SUB);
        kept.record(1, Outcome.GOOD);
        node.bind("pro");
        kept.record(1, Outcome.GOOD);
        node.minute();

        assertThat(metrics().requests().good()).isEqualTo(1);
        assertThat(node.slas.health().overflowed()).isEqualTo(1);
    }

    @Test
    @Tag("C27")
    void aRequestIsSlowAboveTheThresholdNotAtIt() {
        node.bind("enterprise");
        SlaRecorder recorder = node.slas.recorder(SlaNode.SUB);
        recorder.record(200 * SlaNode.MILLI, Outcome.GOOD);
        recorder.record(200 * SlaNode.MILLI + 1, Outcome.GOOD);
        node.minute();

        assertThat(metrics().objectives().get(1).good()).isEqualTo(1);
        assertThat(metrics().objectives().get(1).total()).isEqualTo(2);
    }

    @Test
    @Tag("C30")
    @Tag("S10")
    void samplesAheadOfTimeAreDroppedOrCountAsNow() {
        node.bind("pro");
        SlaRecorder recorder = node.slas.recorder(SlaNode.SUB);
        recorder.record(node.now().plus(Duration.ofMinutes(10)), 1, Outcome.GOOD);
        recorder.record(node.now().plusSeconds(30), 1, Outcome.GOOD);
        node.minute();

        assertThat(node.slas.health().rejected()).isEqualTo(1);
        assertThat(metrics().requests().good()).isEqualTo(1);
    }

    @Test
    @Tag("C30")
    void aClockThatStepsBackReopensNoMinute() {
        node.bind("pro");
        node.minutes(2, 10, 0);
        node.clock.advance(Duration.ofSeconds(-30));
        node.slas.recorder(SlaNode.SUB).record(1, Outcome.GOOD);
        node.drive();
        node.minutes(2, 10, 0);

        assertThat(metrics().requests().good()).isEqualTo(41);
        assertThat(metrics().coverage().percent()).isEqualByComparingTo("100");
    }

    @Test
    @Tag("C32")
    void aLateSampleCountsInItsOwnMinute() {
        node.bind("pro");
        node.minutes(10, 20, 0);
        SlaRecorder recorder = node.slas.recorder(SlaNode.SUB);
        recorder.record(node.now().minus(Duration.ofMinutes(4)), 1, Outcome.GOOD);
        recorder.record(node.now().minus(Duration.ofMinutes(6)), 1, Outcome.GOOD);
        node.minutes(1, 20, 0);

        assertThat(node.slas
                        .metrics(SlaNode.SUB, MetricWindow.last(Duration.ofMinutes(1)))
                        .requests()
                        .good())
                .isEqualTo(20);
        assertThat(metrics().requests().good()).isEqualTo(222);
    }

    @Test
    @Tag("C12")
    void aStoppedNodeLeavesAGap() {
        node.bind("enterprise");
        node.minutes(10, 30, 0);
        node.clock.advance(Duration.ofMinutes(10));
        node.drive();
        node.minutes(10, 30, 0);

        SlaMetrics metrics = metrics();

        assertThat(metrics.coverage().observedMinutes()).isEqualTo(21);
        assertThat(metrics.coverage().expectedMinutes()).isEqualTo(30);
        assertThat(metrics.objectives().get(0).attainment()).isEqualByComparingTo("100");
    }

    @Test
    @Tag("S10")
    void hoursThatAreFoldedSayWhatTheirMinutesSaid() {
        node.bind("pro");
        node.minutes(150, 25, 1);

        assertThat(metrics().requests()).isEqualTo(new RequestCounts(3_750, 150, 0, 0, 0, 0));
        assertThat(metrics().coverage().observedMinutes()).isEqualTo(150);
    }
}
