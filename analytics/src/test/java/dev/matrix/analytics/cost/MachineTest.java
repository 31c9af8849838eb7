package dev.matrix.analytics.cost;

import static dev.matrix.analytics.cost.CostNode.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.CostContext;
import dev.matrix.analytics.cost.spi.CostRule;
import dev.matrix.analytics.cost.spi.Finding;
import dev.matrix.analytics.cost.spi.ResourceSampleStore;
import dev.matrix.analytics.cost.spi.ResourceType;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.event.payload.InstanceMetrics;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.Utilisation;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.PreciseMoney;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said of machines, by what was measured of them. */
class MachineTest {

    private static final Instant NOW = Instant.parse("2026-04-15T12:00:00Z");
    private static final ResourceType LARGE = type("large", "std", "8", "32", 0, "1.00", "0.10");
    private static final ResourceType SMALL = type("small", "std", "4", "16", 0, "0.50", "0.10");
    private static final ResourceType TINY = type("tiny", "std", "1", "32", 0, "1.20", "0.10");
    private static final ResourceType GPU = type("gpu", "acc", "8", "32", 1, "3.00", "0.10");

    private final CostNode node = node(builder -> builder);

    private static CostNode node(UnaryOperator<CostOptimizationsBuilder> wiring) {
        return CostNode.inApril(builder -> wiring.apply(
                builder.resources((region, at) -> region.equals("eu") ? List.of(LARGE, SMALL, TINY, GPU) : List.of())));
    }

    private static ResourceType type(
            String id, String family, String cpu, String memory, int gpu, String hourly, String stopped) {
        return new ResourceType(
                id,
                family,
                "x86",
                new BigDecimal(cpu),
                new BigDecimal(memory),
                gpu,
                PreciseMoney.of(hourly, "EUR"),
                PreciseMoney.of(stopped, "EUR"),
                false,
                Set.of());
    }

    private static void event(CostNode node, EventType kind, String type, String region, Instant at, String... tags) {
        InstanceChanged.Builder builder =
                InstanceChanged.builder("vm_1", ADA, kind, type, at).region(region);
        if (tags.length > 0) {
            builder.tags(Map.of(tags[0], "true"));
        }
        node.matrix.events().publish(BillingEvent.of(builder.build()));
        node.drive();
    }

    private void created(String type, Duration age) {
        event(node, EventTypes.INSTANCE_CREATED, type, "eu", NOW.minus(age));
    }

    private static List<Load> loads(double cpu, double memory) {
        return List.of(
                new Load(ResourceMetric.CPU, cpu, cpu),
                new Load(ResourceMetric.MEMORY, memory, memory),
                new Load(ResourceMetric.NETWORK_IN, 10, 10),
                new Load(ResourceMetric.NETWORK_OUT, 10, 10));
    }

    private static List<Load> withGpu(double cpu, double gpu) {
        List<Load> loads = new ArrayList<>(loads(cpu, 0.2));
        loads.add(new Load(ResourceMetric.GPU, gpu, gpu));
        return loads;
    }

    /** One sample an hour for so many hours before now; 0 is the latest. */
    private static CostNode hours(CostNode node, int number, IntFunction<List<Load>> loads) {
        List<ResourceSample> samples = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            samples.add(new ResourceSample(
                    "vm_1", ADA, NOW.minus(Duration.ofHours(i + 1L)), Duration.ofHours(1), loads.apply(i)));
        }
        node.costs.record(samples);
        return node;
    }

    private CostAnalysis analysis(int number, IntFunction<List<Load>> loads) {
        return hours(node, number, loads).analyze();
    }

    private static List<Reason> reasons(CostAnalysis analysis) {
        return analysis.diagnostics().stream()
                .map(Diagnostic::reason)
                .distinct()
                .toList();
    }

    private static Action action(CostAnalysis analysis) {
        assertThat(analysis.recommendations()).as("%s", analysis.diagnostics()).hasSize(1);
        return analysis.recommendations().get(0).advice().action();
    }

    @Test
    @Tag("CC36")
    @Tag("CO15")
    void aStopSavesTheHoursThatItRanLessWhatAStoppedOneCosts() {
        created("large", Duration.ofDays(200));
        CostAnalysis analysis = analysis(336, i -> loads(0.01, 0.2));
        assertThat(action(analysis)).isEqualTo(new Action.Stop("vm_1", false));
        assertThat(analysis.monthlyCost()).isEqualTo(Money.of("730.00", "EUR"));
        assertThat(analysis.recommendations().get(0).savings()).isEqualTo(Money.of("657.00", "EUR"));
        assertThat(analysis.combinedMonthlySavings()).isEqualTo(Money.of("657.00", "EUR"));
    }

    @Test
    @Tag("CC7")
    @Tag("CO11")
    void aVerdictNeedsFiveDaysAndThirtyHours() {
        created("large", Duration.ofDays(4));
        CostAnalysis young = analysis(96, i -> loads(0, 0.2));
        assertThat(young.recommendations()).isEmpty();
        assertThat(reasons(young)).containsExactly(Reason.INSUFFICIENT_DATA);
        CostNode other = node(builder -> builder);
        event(other, EventTypes.INSTANCE_CREATED, "large", "eu", NOW.minus(Duration.ofDays(5)));
        event(other, EventTypes.INSTANCE_STOPPED, "large", "eu", NOW.minus(Duration.ofDays(5)));
        event(other, EventTypes.INSTANCE_STARTED, "large", "eu", NOW.minus(Duration.ofHours(31)));
        assertThat(reasons(hours(other, 29, i -> loads(0, 0.2)).analyze())).containsExactly(Reason.INSUFFICIENT_DATA);
        assertThat(action(hours(other, 31, i -> loads(0, 0.2)).analyze())).isInstanceOf(Action.Stop.class);
    }

    @Test
    @Tag("CC8")
    @Tag("CO13")
    void aGpuCountsByItself() {
        created("gpu", Duration.ofDays(20));
        CostAnalysis working = analysis(336, i -> withGpu(0.03, 0.95));
        assertThat(working.recommendations()).noneMatch(each -> each.advice().action() instanceof Action.Stop);
        CostNode idle = node(builder -> builder);
        event(idle, EventTypes.INSTANCE_CREATED, "gpu", "eu", NOW.minus(Duration.ofDays(20)));
        assertThat(action(hours(idle, 336, i -> withGpu(0.60, 0)).analyze()))
                .isEqualTo(new Action.MoveFamily("vm_1", "gpu", "large"));
        CostNode blind = node(builder -> builder);
        event(blind, EventTypes.INSTANCE_CREATED, "gpu", "eu", NOW.minus(Duration.ofDays(20)));
        assertThat(reasons(hours(blind, 336, i -> loads(0, 0.2)).analyze())).containsExactly(Reason.MISSING_METRIC);
    }

    @Test
    @Tag("CC9")
    void burstsAreScheduledAndNotStopped() {
        created("large", Duration.ofDays(60));
        CostAnalysis short14 = analysis(336, i -> loads(i % 168 == 0 ? 0.9 : 0, 0.2));
        assertThat(short14.recommendations()).isEmpty();
        assertThat(reasons(short14)).containsExactly(Reason.INSUFFICIENT_DATA);
        CostAnalysis analysis = analysis(672, i -> loads(i % 168 == 0 ? 0.9 : 0, 0.2));
        Action.Schedule schedule = (Action.Schedule) action(analysis);
        assertThat(schedule.offHours()).hasSize(167).doesNotContain(2 * 24 + 11);
    }

    @Test
    @Tag("CC33")
    @Tag("CO32")
    @Tag("CO14")
    void aFullMachineIsNeitherStoppedNorMadeSmaller() {
        created("large", Duration.ofDays(20));
        CostAnalysis full = analysis(336, i -> loads(0.03, i == 7 ? 0.97 : 0.2));
        assertThat(full.recommendations()).isEmpty();
        assertThat(reasons(full)).containsExactly(Reason.UNDERSIZED);
        CostNode half = node(builder -> builder);
        event(half, EventTypes.INSTANCE_CREATED, "large", "eu", NOW.minus(Duration.ofDays(20)));
        CostAnalysis smaller = hours(half, 336, i -> loads(0.35, 0.35)).analyze();
        assertThat(action(smaller)).isEqualTo(new Action.Resize("vm_1", "large", "small"));
        assertThat(smaller.recommendations().get(0).savings()).isEqualTo(Money.of("365.00", "EUR"));
        CostNode memory = node(builder -> builder);
        event(memory, EventTypes.INSTANCE_CREATED, "large", "eu", NOW.minus(Duration.ofDays(20)));
        assertThat(hours(memory, 336, i -> loads(0.08, 0.8)).analyze().recommendations())
                .isEmpty();
    }

    @Test
    @Tag("CC23")
    void whatIsMissingIsNotIdle() {
        created("large", Duration.ofDays(60));
        CostAnalysis gap = analysis(
                336,
                i -> i < 72
                        ? List.of(new Load(ResourceMetric.CPU, 0, 0), new Load(ResourceMetric.MEMORY, 0.1, 0.1))
                        : loads(0, 0.1));
        assertThat(gap.recommendations()).isEmpty();
        assertThat(reasons(gap)).containsExactly(Reason.INSUFFICIENT_DATA);
        CostNode old = node(builder -> builder);
        event(old, EventTypes.INSTANCE_CREATED, "large", "eu", NOW.minus(Duration.ofDays(60)));
        List<ResourceSample> samples = new ArrayList<>();
        for (int i = 49; i < 336; i++) {
            samples.add(new ResourceSample(
                    "vm_1", ADA, NOW.minus(Duration.ofHours(i + 1L)), Duration.ofHours(1), loads(0, 0.1)));
        }
        old.costs.record(samples);
        assertThat(reasons(old.analyze())).containsExactly(Reason.STALE);
    }

    @Test
    @Tag("CC23")
    @Tag("CC43")
    void timeThatIsCoveredTwiceCountsOnceTheFinestFirst() {
        ResourceSample hour = new ResourceSample("vm_1", ADA, NOW, Duration.ofHours(1), loads(0.5, 0.5));
        ResourceSample minute =
                new ResourceSample("vm_1", ADA, NOW.plusSeconds(600), Duration.ofMinutes(1), loads(0.1, 0.1));
        ResourceSample next = new ResourceSample("vm_1", ADA, hour.to(), Duration.ofHours(1), loads(0.2, 0.2));
        assertThat(MachineReader.once(List.of(next, hour, minute))).containsExactly(minute, next);
        assertThat(node.costs.record(List.of(past(60)))).isEqualTo(1);
        assertThat(node.costs.record(List.of(past(60)))).isZero();
    }

    private static ResourceSample past(int minutes) {
        return new ResourceSample(
                "vm_1", ADA, NOW.minus(Duration.ofMinutes(minutes)), Duration.ofMinutes(1), loads(0.1, 0.1));
    }

    @Test
    @Tag("CC43")
    @Tag("CO43")
    void samplesThatCantBeAreRefused() {
        refused(() -> new Load(ResourceMetric.CPU, 95, 95));
        refused(() -> new Load(ResourceMetric.CPU, Double.NaN, 1));
        refused(() -> new Load(ResourceMetric.NETWORK_IN, 2, 1));
        refused(() -> new Load(ResourceMetric.NETWORK_IN, 0, Double.POSITIVE_INFINITY));
        refused(() -> node.costs.record(List.of(past(60 * 24 * 14))));
        refused(() -> node.costs.record(List.of(past(-10))));
    }

    private static void refused(Runnable make) {
        assertThatThrownBy(make::run).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("CC27")
    @Tag("CO16")
    void aKeptMachineAndOneWithoutAPriceAreNotJudged() {
        event(node, EventTypes.INSTANCE_CREATED, "large", "eu", NOW.minus(Duration.ofDays(20)), "matrix.keep");
        assertThat(reasons(analysis(336, i -> loads(0, 0.1)))).containsExactly(Reason.EXCLUDED);
        CostNode elsewhere = node(builder -> builder).ada(CostNode.PRO, "1", "1", "1");
        event(elsewhere, EventTypes.INSTANCE_CREATED, "large", "moon", NOW.minus(Duration.ofDays(20)));
        CostAnalysis analysis = hours(elsewhere, 336, i -> loads(0, 0.1)).analyze();
        assertThat(reasons(analysis)).contains(Reason.NO_PRICE);
        assertThat(analysis.incomplete()).isTrue();
        assertThat(analysis.recommendations()).isEmpty();
    }

    @Test
    @Tag("CC10")
    void ofAStopAndAResizeOneLeadsAndTheCombinedSavingIsItsOwn() {
        CostNode both = node(builder -> builder.rule(new CostRule() {
            @Override
            public String name() {
                return "own";
            }

            @Override
            public RecommendationType type() {
                return RecommendationType.RESOURCE;
            }

            @Override
            public List<Finding> examine(CostContext context) {
                return List.of(Finding.of("vm_1", new Action.Resize("vm_1", "large", "small")));
            }
        }));
        event(both, EventTypes.INSTANCE_CREATED, "large", "eu", NOW.minus(Duration.ofDays(200)));
        CostAnalysis analysis = hours(both, 336, i -> loads(0, 0.1)).analyze();
        assertThat(analysis.recommendations()).hasSize(2);
        Recommendation leader = analysis.recommendations().stream()
                .filter(Recommendation::leads)
                .findFirst()
                .orElseThrow();
        assertThat(leader.advice().action()).isInstanceOf(Action.Stop.class);
        assertThat(leader.conflictsWith()).hasSize(1);
        assertThat(analysis.combinedMonthlySavings()).isEqualTo(leader.savings());
    }

    @Test
    @Tag("CO15")
    void metricsOfEventsAreSamplesToo() {
        created("large", Duration.ofDays(200));
        for (int i = 0; i < 336; i++) {
            Instant from = NOW.minus(Duration.ofHours(i + 1L));
            node.matrix
                    .events()
                    .publish(BillingEvent.of(InstanceMetrics.builder(
                                    "vm_1",
                                    ADA,
                                    Period.of(from, from.plus(Duration.ofHours(1))),
                                    new Utilisation(0.01, 0.02),
                                    new Utilisation(0.1, 0.1))
                            .receivedBytes(36_000L)
                            .sentBytes(36_000L)
                            .build()));
        }
        assertThat(action(node.drive().analyze())).isInstanceOf(Action.Stop.class);
    }

    @Test
    void oldSamplesAreRemoved() {
        created("large", Duration.ofDays(200));
        hours(node, 3, i -> loads(0, 0.1));
        node.clock.set(NOW.plus(Duration.ofDays(93)));
        node.drive();
        List<Instant> left = new ArrayList<>();
        node.matrix
                .transactions()
                .inTransaction(tx -> node.matrix
                        .stores()
                        .get(ResourceSampleStore.class)
                        .read(tx, ADA, new Window(NOW.minus(Duration.ofDays(1)), NOW), row -> left.add(row.from())));
        assertThat(left).isEmpty();
    }

    @Test
    @Tag("CC43")
    void twoOwnersMachinesOfOneNameAreTwo() {
        created("large", Duration.ofDays(200));
        hours(node, 336, i -> loads(0, 0.1));
        Owner bob = Owner.user("bob");
        node.matrix
                .events()
                .publish(BillingEvent.of(InstanceChanged.builder(
                                "vm_1", bob, EventTypes.INSTANCE_CREATED, "large", NOW.minus(Duration.ofDays(20)))
                        .region("eu")
                        .build()));
        node.drive();
        assertThat(reasons(node.costs.analyze(CostQuery.of(bob)))).containsExactly(Reason.INSUFFICIENT_DATA);
        assertThat(action(node.analyze())).isInstanceOf(Action.Stop.class);
    }
}
