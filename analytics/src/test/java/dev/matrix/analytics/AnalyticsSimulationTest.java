package dev.matrix.analytics;

import static dev.matrix.analytics.Books.midnight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.BillingInterval;
import dev.matrix.core.event.payload.PaymentMethod;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.event.payload.UsageRecorded;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.sim.Faults;
import dev.matrix.testkit.sim.Seeds;
import dev.matrix.testkit.sim.SimulatedNode;
import dev.matrix.testkit.sim.Simulation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever crashes, comes late, twice or in another order: two nodes count what one node counts that is told all in order. */
class AnalyticsSimulationTest {

    private static final List<SubscriptionStatus> STATUSES = List.of(SubscriptionStatus.values());
    private static final String[] CURRENCIES = {"EUR", "USD", "JPY", "GBP", "BTC"};
    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("America/St_Johns");

    private static final class Scenario {

        private final Random random;
        private final int wanted;
        private final int perTurn;
        private final List<EventDraft> published = new ArrayList<>();
        private final Map<String, Analytics> analytics = new HashMap<>();
        private final Simulation simulation;
        private int rebuilds;

        Scenario(long seed, int wanted, int perTurn) {
            this.random = new Random(seed);
            this.wanted = wanted;
            this.perTurn = perTurn;
            this.simulation = Simulation.seeded(seed)
                    .start(START)
                    .nodes(2, this::node)
                    .faults(Faults.standard().withCrash(0.002).withStall(0.005, Duration.ofMinutes(2)))
                    .action("publish", Duration.ofSeconds(2), this::publish)
                    .action(
                            "replay",
                            Duration.ofMinutes(4),
                            node -> node.matrix().events().replay("analytics", EventQuery.all()))
                    .action("rebuild", Duration.ofMinutes(1), this::rebuild)
                    .invariant(
                            "rollups equal a fresh computation",
                            end -> assertThat(any().admin().verify(Upkeep.ALL)).isEmpty())
                    .invariant(
                            "nothing waits",
                            end -> assertThat(any().admin().freshness().waiting())
                                    .isZero())
                    .invariant("as told in order", end -> equalsOneNode())
                    .build();
        }

        private Matrix node(SimulatedNode node) {
            Matrix matrix = node.builder().currencies(Currencies.standard()).build();
            analytics.put(
                    node.name(),
                    Analytics.on(matrix).zones(ZoneId.of("UTC"), ZONE).batch(20).build());
            return matrix;
        }

        private Analytics any() {
            return analytics.values().iterator().next();
        }

        private void publish(SimulatedNode node) {
            int count = Math.min(perTurn, wanted - published.size());
            List<EventDraft> drafts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                drafts.add(draft(published.size() + i));
            }
            node.matrix().events().publishAll(drafts);
            published.addAll(drafts);
        }

        private void rebuild(SimulatedNode node) {
            try {
                Objects.requireNonNull(analytics.get(node.name())).admin().rebuild(Upkeep.ALL);
                rebuilds++;
            } catch (ConflictException beaten) {
                assertThat(beaten).hasMessageContaining("revision");
            }
        }

        /** Of few customers, so that many events meet; told in no order. */
        private EventDraft draft(int number) {
            Owner owner = Owner.user("c" + random.nextInt(Math.max(20, wanted / 25)));
            Instant at = midnight("2026-01-01").plus(Duration.ofMinutes(random.nextInt(180 * 24 * 60)));
            String currency = CURRENCIES[random.nextInt(CURRENCIES.length)];
            String id = "evt_" + number;
            return switch (random.nextInt(4)) {
                case 0 ->
                    BillingEvent.of(PaymentSucceeded.builder(
                                            "pay_" + number / 2,
                                            owner,
                                            Money.of(Integer.toString(1 + random.nextInt(99)), currency),
                                            PaymentMethod.CARD,
                                            at)
                                    .build())
                            .withId(id);
                case 1 ->
                    BillingEvent.of(UsageRecorded.builder()
                                    .id(id)
                                    .owner(owner)
                                    .metric("m" + random.nextInt(3))
                                    .quantity(BigDecimal.valueOf(random.nextInt(10)))
                                    .unit("call")
                                    .period(Period.of(at, at.plusSeconds(1)))
                                    .attributes(
                                            random.nextInt(4) == 0
                                                    ? Map.of(UsageRecorded.CORRECTION_OF, "evt_" + (number - 4))
                                                    : Map.of())
                                    .build())
                            .withId(id);
                default -> subscription(number, owner, at, currency).withId(id);
            };
        }

        private EventDraft subscription(int number, Owner owner, Instant at, String currency) {
            SubscriptionItem item = Books.item(
                    "p" + random.nextInt(4),
                    Integer.toString(1 + random.nextInt(1_000)),
                    currency,
                    BillingInterval.monthly(),
                    1 + random.nextInt(3));
            SubscriptionStatus status =
                    random.nextInt(3) == 0 ? STATUSES.get(random.nextInt(STATUSES.size())) : SubscriptionStatus.ACTIVE;
            SubscriptionState state = SubscriptionState.builder(
                            status, List.of(item), Period.of(at, at.plus(Duration.ofDays(30))), at)
                    .sequence(number)
                    .build();
            String subscription = owner.id() + "_" + random.nextInt(2);
            return random.nextInt(5) == 0
                    ? Books.cancelled(subscription, owner, state, at.plus(Duration.ofDays(random.nextInt(40))))
                    : Books.updated(subscription, owner, state);
        }

        /** A store that got all events in one go, from one node, and never rebuilt, says the same. */
        private void equalsOneNode() {
            assertThat(published).hasSize(wanted);
            assertThat(rebuilds).isPositive();
            ManualClock clock = ManualClock.at(simulation.now());
            Books books =
                    Books.over(Stores.inMemory(clock), clock, "one", builder -> builder.zones(ZoneId.of("UTC"), ZONE));
            for (int from = 0; from < published.size(); from += 1_000) {
                books.publish(published
                        .subList(from, Math.min(published.size(), from + 1_000))
                        .toArray(EventDraft[]::new));
            }
            for (TimeRange range : TimeRange.values()) {
                Window window = range == TimeRange.HOUR
                        ? Window.between(midnight("2026-03-01"), midnight("2026-03-03"))
                        : Window.between(midnight("2026-01-01"), END);
                for (ZoneId zone : List.of(ZoneId.of("UTC"), ZONE)) {
                    compare(books, range, window, zone);
                }
            }
        }

        private void compare(Books books, TimeRange range, Window window, ZoneId zone) {
            ReportQuery.Builder query =
                    ReportQuery.builder().timeRange(range).window(window).zone(zone);
            ReportQuery money = query.measures(Measure.MRR, Measure.REVENUE).build();
            RevenueReport expected = books.analytics.revenue(money);
            RevenueReport found = any().revenue(money);
            assertThat(Books.told(found)).as("%s in %s", range, zone).isEqualTo(Books.told(expected));
            assertThat(values(found)).isEqualTo(values(expected));
            found.rollForwards().forEach(OrderTest::addsUp);
            any().revenue(query.groupBy(Dimension.PLAN).measures(Measure.MRR).build())
                    .rollForwards()
                    .forEach(OrderTest::addsUp);
            ReportQuery usage = query.groupBy()
                    .measures(Measure.USAGE)
                    .metrics(Metric.SUM, Metric.COUNT, Metric.MIN)
                    .build();
            assertThat(values(any().usage(usage))).isEqualTo(values(books.analytics.usage(usage)));
        }

        private static List<String> values(Report report) {
            return report.series().stream()
                    .map(series -> series.name()
                            + series.points().stream()
                                    .map(point -> String.valueOf(point.value()))
                                    .toList())
                    .toList();
        }

        void run() {
            Duration needed = Duration.ofSeconds(4L * (wanted / perTurn + 30));
            simulation.run(needed).settle(Duration.ofHours(6));
        }
    }

    @Test
    @Tag("AC20")
    @Tag("AC41")
    @Tag("AN56")
    void twoNodesThatCrashCountAsOneThatDoesNot() {
        Seeds.run(3, seed -> new Scenario(seed, 240, 4).run());
    }

    @Test
    @Tag("AC20")
    @Tag("long")
    void tenThousandEventsCountAsInOrder() {
        new Scenario(7, 10_000, 40).run();
    }
}
