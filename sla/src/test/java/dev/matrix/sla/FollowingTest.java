package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SubscriptionCancelled;
import dev.matrix.core.event.payload.SubscriptionCreated;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.event.payload.SubscriptionUpdated;
import dev.matrix.sla.MeasurementBatch.Minute;
import dev.matrix.sla.MeasurementBatch.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes from elsewhere: subscriptions by events, measurements by batches, and the wish to be forgotten. */
class FollowingTest {

    private static final Instant FIRST = Instant.parse("2025-11-01T00:00:00Z");
    private static final Instant TENTH = Instant.parse("2025-11-10T00:00:00Z");
    private static final Instant TWENTIETH = Instant.parse("2025-11-20T00:00:00Z");

    private static SubscriptionState state(SubscriptionStatus status, String tier, Instant at, long sequence) {
        return SubscriptionState.builder(status, List.of(), Period.of(FIRST, Instant.parse("2025-12-01T00:00:00Z")), at)
                .tier(tier)
                .sequence(sequence)
                .build();
    }

    @Test
    @Tag("C52")
    @Tag("S36")
    void snapshotsInAnyOrderGiveTheSameBindings() {
        SubscriptionState pro = state(SubscriptionStatus.ACTIVE, "pro", FIRST, 1);
        SubscriptionState enterprise = state(SubscriptionStatus.ACTIVE, "enterprise", TENTH, 2);
        SubscriptionState gone = state(SubscriptionStatus.CANCELLED, "enterprise", TENTH, 3);
        EventPayload created = new SubscriptionCreated(SlaNode.SUB, SlaNode.ADA, pro);
        EventPayload updated = new SubscriptionUpdated(SlaNode.SUB, SlaNode.ADA, enterprise, pro);
        EventPayload cancelled = new SubscriptionCancelled(SlaNode.SUB, SlaNode.ADA, gone, null, TENTH, TWENTIETH);

        for (List<EventPayload> order : List.of(
                List.of(created, updated, cancelled),
                List.of(cancelled, created, updated),
                List.of(updated, cancelled, created, created))) {
            SlaNode node = SlaNode.at("2025-11-15T00:00:00Z");
            for (EventPayload each : order) {
                node.matrix.events().publish(each);
                node.drive();
            }
            List<SlaReport.ReportSegment> segments =
                    node.slas.report(SlaNode.SUB, SlaPeriod.parse("2025-11")).segments();
            assertThat(segments)
                    .extracting(each -> each.tier() + " " + each.from() + " " + each.to())
                    .containsExactly("pro " + FIRST + " " + TENTH, "enterprise " + TENTH + " " + TWENTIETH);
        }
    }

    @Test
    @Tag("C50")
    @Tag("S42")
    void aFaultyEntryIsRejectedAndTheOthersCount() {
        SlaNode node = SlaNode.at("2025-11-01T00:00:00Z");
        node.bind("pro");
        node.minutes(10, 0, 0);
        Instant minute = node.now().minus(Duration.ofMinutes(3));
        BatchResult result = node.slas.add(new MeasurementBatch(
                "edge",
                "b1",
                List.of(
                        new Request(SlaNode.SUB, minute, 700, Outcome.GOOD),
                        new Request("other", minute, 1, Outcome.GOOD)),
                List.of(
                        new Minute(SlaNode.SUB, minute, 10, 1L, 0L, 0L),
                        new Minute(SlaNode.SUB, minute.plusSeconds(60), 10, 11L, 0L, 0L),
                        new Minute(SlaNode.SUB, minute.plusSeconds(60), 20, 0L, 2L, 0L))));
        node.drive();

        assertThat(result.accepted()).isEqualTo(3);
        assertThat(result.rejected()).extracting(BatchResult.Rejected::index).containsExactly(1, 3);
        assertThat(result.rejected().get(1).reason()).contains("bad isn't 0 to 10");
        SlaMetrics metrics = node.slas.metrics(SlaNode.SUB, MetricWindow.current());
        assertThat(metrics.requests().good()).isEqualTo(30);
        assertThat(metrics.requests().bad()).isEqualTo(1);
        assertThat(metrics.objectives().get(1).good()).isEqualTo(27);
    }

    @Test
    @Tag("C31")
    @Tag("S11")
    @Tag("S53")
    void aBatchCountsOnce() {
        SlaNode node = SlaNode.at("2025-11-01T00:00:00Z");
        node.bind("pro");
        node.minutes(3, 0, 0);
        MeasurementBatch batch = new MeasurementBatch(
                "edge", "b1", List.of(new Request(SlaNode.SUB, node.now(), 1, Outcome.GOOD)), List.of());

        assertThat(node.slas.add(batch).duplicate()).isFalse();
        assertThat(node.slas.add(batch).duplicate()).isTrue();
        assertThatThrownBy(() -> node.slas.add(new MeasurementBatch(
                        "edge", "b1", List.of(new Request(SlaNode.SUB, node.now(), 1, Outcome.BAD)), List.of())))
                .isInstanceOf(ConflictException.class);
        node.minutes(2, 0, 0);
        assertThat(node.slas
                        .metrics(SlaNode.SUB, MetricWindow.current())
                        .requests()
                        .good())
                .isEqualTo(1);
    }

    @Test
    @Tag("C62")
    @Tag("S44")
    void anErasedOwnerIsGone() {
        SlaNode node = SlaNode.at("2025-11-01T00:00:00Z");
        node.bind("enterprise");
        node.minutes(5, 20, 0).minutes(5, 0, 20);
        SlaView own = node.slas.ownedBy(SlaNode.ADA);
        assertThat(own.alerts(AlertQuery.all(), PageRequest.first(5)).items()).isNotEmpty();

        assertThat(node.matrix.transactions().<Integer>returning(tx -> node.slas.erase(tx, SlaNode.ADA)))
                .isEqualTo(1);
        assertThat(node.matrix.transactions().<Integer>returning(tx -> node.slas.erase(tx, SlaNode.ADA)))
                .isZero();

        assertThat(own.alerts(AlertQuery.all(), PageRequest.first(5)).items()).isEmpty();
        assertThatThrownBy(() -> own.metrics(SlaNode.SUB, MetricWindow.current()))
                .isInstanceOf(NotFoundException.class);
        assertThat(node.slas.bindings(PageRequest.first(5)).items())
                .extracting(SlaBinding::owner)
                .doesNotContain(SlaNode.ADA);
    }

    @Test
    @Tag("C40")
    void anAlertGoesOnWithAnotherNodeAndIsAcknowledged() {
        SlaNode node = SlaNode.at("2025-11-01T00:00:00Z");
        node.bind("enterprise");
        node.minutes(5, 20, 0).minutes(2, 0, 20);
        SlaAlert alert =
                node.slas.alerts(AlertQuery.all(), PageRequest.first(5)).items().get(0);
        assertThat(node.slas.acknowledge(alert.id(), "ops_1", "rolling back").acknowledgedBy())
                .isEqualTo("ops_1");

        SlaNode other = new SlaNode(node.matrix.stores(), node.clock, "two", builder -> builder);
        node.clock.advance(Duration.ofSeconds(31));
        other.drive();
        other.minutes(10, 0, 20);

        assertThat(other.events("sla.alert_opened"))
                .hasSize(other.slas
                        .alerts(AlertQuery.all(), PageRequest.first(5))
                        .items()
                        .size());
        assertThatThrownBy(() -> other.slas.acknowledge("alr_none", "ops_1", null))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    @Tag("C47")
    void aPortfolioSaysWhatTheSingleFiguresSay() {
        SlaNode node = SlaNode.at("2025-11-01T00:00:00Z");
        node.bind("pro");
        node.slas.bind(SlaBinding.of("sub_8", Owner.user("bob"), "free", FIRST));
        node.drive();
        node.minutes(3, 20, 1);

        List<SlaMetrics> all =
                node.slas.portfolio(PortfolioQuery.all(), PageRequest.first(10)).items();
        assertThat(all)
                .containsExactly(
                        node.slas.metrics(SlaNode.SUB, MetricWindow.current()),
                        node.slas.metrics("sub_8", MetricWindow.current()));
        assertThat(node.slas
                        .portfolio(new PortfolioQuery("free", null), PageRequest.first(10))
                        .items())
                .extracting(SlaMetrics::subscriptionId)
                .containsExactly("sub_8");
        node.slas.change("sub_8", "pro", node.now());
        node.slas.end("sub_8", node.now().plusSeconds(60));
        assertThatThrownBy(() -> node.slas.end("sub_8", node.now().plusSeconds(120)))
                .isInstanceOf(ConflictException.class);
    }
}
