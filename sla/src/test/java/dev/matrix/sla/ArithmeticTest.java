package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Verdicts on whole months, minute by minute. */
class ArithmeticTest {

    private static final UnaryOperator<SlaBinding> PLAIN = UnaryOperator.identity();

    private static Month down(String period, SlaDefinition definition, int minutes) {
        return Month.of(period, definition, PLAIN, Month.down(minutes));
    }

    private static SlaDefinition uptime(UptimeRule rule) {
        return SlaDefinition.builder("enterprise")
                .objective(new Objective.Uptime(new BigDecimal("99.9"), rule))
                .build();
    }

    private static SlaDefinition errors(Budgeting budgeting) {
        return SlaDefinition.builder("enterprise")
                .objective(new Objective.ErrorRate(new BigDecimal("0.1"), budgeting))
                .build();
    }

    @Test
    @Tag("C1")
    @Tag("S2")
    @Tag("S5")
    void aMonthOfThirtyDaysIsLostWithTheFirstMinuteOverItsBudget() {
        assertThat(down("2025-11", SlaDefinition.enterprise(), 43).uptime()).isEqualTo("MET 99.90");
        assertThat(down("2025-11", SlaDefinition.enterprise(), 44).uptime()).isEqualTo("BREACHED 99.89");
        assertThat(down("2025-11", SlaDefinition.pro(), 216).uptime()).startsWith("MET");
        assertThat(down("2025-11", SlaDefinition.pro(), 217).uptime()).startsWith("BREACHED");
        assertThat(down("2025-11", SlaDefinition.free(), 2_160).uptime()).startsWith("MET");
        assertThat(down("2025-11", SlaDefinition.free(), 2_161).uptime()).startsWith("BREACHED");
    }

    @Test
    @Tag("C2")
    void displayRoundsTowardsTheWorseSide() {
        assertThat(down("2025-10", SlaDefinition.enterprise(), 44).uptime()).isEqualTo("MET 99.90");
        assertThat(down("2025-10", SlaDefinition.enterprise(), 45).uptime()).isEqualTo("BREACHED 99.89");
    }

    @Test
    @Tag("C3")
    void anAttainmentEqualToTheTargetIsMet() {
        Month month = Month.of(
                "2025-11",
                errors(new Budgeting.Occurrences()),
                PLAIN,
                minute -> Month.counts(10, minute % 100 == 0 ? 1 : 0));

        Objective objective = month.definition.objectives().get(0);
        Tally tally = month.sums().tally(objective);
        assertThat(tally.total()).isEqualTo(432_000);
        assertThat(tally.bad()).isEqualByComparingTo("432");
        assertThat(month.verdict(SlaObjective.ERROR_RATE)).isEqualTo("MET 99.90");
        assertThat(tally.burn(objective.budget())).isEqualByComparingTo("1");
        Segment segment = month.judged.timeline().segments().get(0);
        assertThat(AlertRules.next(segment, objective, month.judged, null, "alr_1"))
                .isEmpty();
    }

    @Test
    @Tag("C4")
    @Tag("S20")
    void aMonthIsCountedInTheContractsZone() {
        UnaryOperator<SlaBinding> newYork = binding -> binding.in(ZoneId.of("America/New_York"));

        for (Map.Entry<String, Integer> each :
                Map.of("2025-11", 43_260, "2025-03", 44_580).entrySet()) {
            int most = each.getValue() / 1_000;
            assertThat(Month.of(each.getKey(), SlaDefinition.enterprise(), newYork, Month.down(most))
                            .uptime())
                    .startsWith("MET");
            Month lost = Month.of(each.getKey(), SlaDefinition.enterprise(), newYork, Month.down(most + 1));
            assertThat(lost.uptime()).startsWith("BREACHED");
            assertThat(lost.sums().contract).isEqualTo(each.getValue().longValue());
        }
    }

    @Test
    @Tag("C5")
    void aMinuteBelongsToThePeriodOfItsFirstInstant() {
        SlaBinding india = Month.binding("2025-01-01T00:00:00Z").in(ZoneId.of("Asia/Kolkata"));

        assertThat(Periods.at(india, Counting.minute(Instant.parse("2025-05-31T18:29:00Z"))))
                .hasToString("2025-05");
        assertThat(Periods.at(india, Counting.minute(Instant.parse("2025-05-31T18:30:00Z"))))
                .hasToString("2025-06");
    }

    @Test
    @Tag("C6")
    void aContractFromTheSixteenthIsJudgedByItsOwnMinutes() {
        UnaryOperator<SlaBinding> late =
                binding -> SlaBinding.of("s", SlaNode.ADA, "enterprise", Instant.parse("2025-11-16T00:00:00Z"));
        long half = 15 * 1_440;

        Month met = Month.of(
                "2025-11", SlaDefinition.enterprise(), late, m -> m >= half && m < half + 21 ? Month.DOWN : Month.GOOD);
        Month lost = Month.of(
                "2025-11", SlaDefinition.enterprise(), late, m -> m >= half && m < half + 22 ? Month.DOWN : Month.GOOD);

        assertThat(met.uptime()).startsWith("MET");
        assertThat(met.sums().contract).isEqualTo(21_600);
        assertThat(lost.uptime()).startsWith("BREACHED");
    }

    @Test
    @Tag("C7")
    @Tag("S21")
    void aChangeOfTierSplitsThePeriod() {
        Instant middle = Instant.parse("2025-11-16T00:00:00Z");
        SlaBinding pro = SlaBinding.of("s", SlaNode.ADA, "pro", Instant.parse("2025-11-01T00:00:00Z"))
                .until(middle);
        SlaBinding enterprise = SlaBinding.of("s", SlaNode.ADA, "enterprise", middle);
        Timeline timeline = Timeline.of(
                List.of(pro, enterprise),
                Map.of(
                        "pro", List.of(new Versioned(SlaDefinition.pro(), null, Instant.EPOCH)),
                        "enterprise", List.of(new Versioned(SlaDefinition.enterprise(), null, Instant.EPOCH))),
                List.of(),
                Map.of());
        long from = Counting.minute(pro.from());
        long half = 15 * 1_440;
        JudgedSpan judged = Month.span(
                timeline,
                from,
                from + 30 * 1_440,
                m -> m < 30 || (m >= half && m < half + 22) ? Month.DOWN : Month.GOOD);

        SlaReport report = Reports.report(judged, SlaPeriod.parse("2025-11"), 0, List.of());

        assertThat(report.segments())
                .extracting(each -> each.tier() + " " + each.objectives().get(0).state())
                .containsExactly("pro MET", "enterprise BREACHED");
        assertThat(report.state()).isEqualTo(ComplianceState.BREACHED);
    }

    @Test
    @Tag("C8")
    @Tag("S6")
    void aBudgetCountsRequestsOrSlices() {
        Duration minute = Duration.ofMinutes(1);
        LongFunction<@Nullable MinuteCounts> two =
                m -> m == 0 ? Month.counts(1, 0) : m == 1 ? Month.counts(999, 999) : MinuteCounts.IDLE;

        assertThat(attainment(errors(new Budgeting.Occurrences()), two)).isEqualTo("0.10");
        assertThat(attainment(errors(new Budgeting.Timeslices(minute, BigDecimal.ZERO)), two))
                .isEqualTo("50.00");
        assertThat(attainment(errors(new Budgeting.RatioTimeslices(minute)), two))
                .isEqualTo("50.00");
    }

    private static String attainment(SlaDefinition definition, LongFunction<@Nullable MinuteCounts> minutes) {
        return String.valueOf(Month.of("2025-11", definition, PLAIN, minutes)
                .objective(SlaObjective.ERROR_RATE)
                .attainment());
    }

    @Test
    @Tag("C9")
    void slicesWeighTheSameHoweverManyRequestsTheyHave() {
        Tally ratio = tally(new Budgeting.RatioTimeslices(Duration.ofMinutes(5)));
        Tally occurrences = tally(new Budgeting.Occurrences());

        assertThat(ratio.total()).isEqualTo(8_640);
        assertThat(ratio.attainment(new BigDecimal("99.00000000"))).isEqualByComparingTo("99.98842592");
        assertThat(occurrences.attainment(new BigDecimal("99.00000000"))).isGreaterThan(new BigDecimal("99.999999"));
    }

    private static Tally tally(Budgeting budgeting) {
        Month month = Month.of(
                "2025-11",
                errors(budgeting),
                PLAIN,
                m -> m == 7
                        ? Month.counts(1, 1)
                        : m % 5 == 0 && m != 5 ? Month.counts(1_000_000, 0) : MinuteCounts.IDLE);
        return month.sums().tally(month.definition.objectives().get(0));
    }

    @Test
    @Tag("C11")
    void amonthWithoutAnythingToJudgeHasNoData() {
        assertThat(idle(IdlePolicy.IDLE_EXCLUDED)).isEqualTo("NO_DATA null");
        assertThat(idle(IdlePolicy.IDLE_IS_UP)).isEqualTo("MET 100.00");
        assertThat(idle(IdlePolicy.IDLE_IS_BAD)).isEqualTo("BREACHED 0.00");
    }

    private static String idle(IdlePolicy policy) {
        return Month.of("2025-11", uptime(UptimeRule.standard().whenIdle(policy)), PLAIN, m -> MinuteCounts.IDLE)
                .uptime();
    }

    @Test
    @Tag("C13")
    @Tag("S28")
    void tooManyGapsGiveNoVerdict() {
        int tenth = 4_320;

        assertThat(Month.of("2025-11", SlaDefinition.enterprise(), PLAIN, m -> m < tenth ? null : Month.GOOD)
                        .uptime())
                .startsWith("MET");
        assertThat(Month.of("2025-11", SlaDefinition.enterprise(), PLAIN, m -> m < tenth + 1 ? null : Month.GOOD)
                        .uptime())
                .startsWith("NO_DATA");
    }

    @Test
    @Tag("C14")
    @Tag("S13")
    void whatASourceDoesNotTellIsUnknownNotSuccess() {
        Month month = Month.of(
                "2025-11",
                SlaDefinition.enterprise(),
                PLAIN,
                m -> Month.unknown(100, MinuteCounts.BAD | MinuteCounts.SLOW | MinuteCounts.REJECTED));

        assertThat(month.report().state()).isEqualTo(ComplianceState.NO_DATA);
        assertThat(month.sums().gap).isEqualTo(43_200);
        assertThat(month.sums().errorMinutes).isZero();
        assertThat(month.sums().latencyMinutes).isZero();
        assertThat(month.sums().throughputMinutes).isZero();
    }

    @Test
    @Tag("C22")
    void shortOutagesAreUp() {
        SlaDefinition five = uptime(UptimeRule.standard().atLeastMinutes(5));

        assertThat(downMinutes(five, "XXXX")).isZero();
        assertThat(downMinutes(five, "XXXXX")).isEqualTo(5);
        assertThat(downMinutes(five, "XXXX.XXXX")).isZero();
    }

    @Test
    @Tag("S56")
    void outagesGoOnOverHoursAndGaps() {
        SlaDefinition five = uptime(UptimeRule.standard().atLeastMinutes(5));

        assertThat(downMinutes(five, ".".repeat(57) + "XXXXX")).isEqualTo(5);
        assertThat(downMinutes(five, "XXX XX")).isEqualTo(5);
        assertThat(downMinutes(five, "XX  XX")).isZero();
    }

    /** X is down, a blank a gap, all else up. */
    private static long downMinutes(SlaDefinition definition, String minutes) {
        return Month.of("2025-11", definition, PLAIN, m -> {
                    char each = m < minutes.length() ? minutes.charAt((int) m) : '.';
                    return each == ' ' ? null : each == 'X' ? Month.DOWN : Month.GOOD;
                })
                .sums()
                .down;
    }

    @Test
    @Tag("C23")
    @Tag("S14")
    void aMinuteIsDownByRequestsAboveAShareOfEnough() {
        UptimeRule rule = UptimeRule.standard();

        assertThat(uptime(rule, Month.counts(1, 1))).isEqualTo(MinuteClass.IDLE);
        assertThat(uptime(rule, Month.counts(20, 2))).isEqualTo(MinuteClass.UP);
        assertThat(uptime(rule, Month.counts(20, 3))).isEqualTo(MinuteClass.DOWN);
        assertThat(MinuteJudge.uptime(rule.from(UptimeSource.PROBES), Month.DOWN, ComponentState.UP, null))
                .isEqualTo(MinuteClass.UP);
        assertThat(MinuteJudge.uptime(rule.from(UptimeSource.REQUESTS), Month.GOOD, ComponentState.DOWN, null))
                .isEqualTo(MinuteClass.UP);
        assertThat(MinuteJudge.uptime(rule, null, ComponentState.UP, null)).isEqualTo(MinuteClass.UP);
        assertThat(MinuteJudge.uptime(rule, null, ComponentState.UNKNOWN, null)).isEqualTo(MinuteClass.GAP);
    }

    private static MinuteClass uptime(UptimeRule rule, MinuteCounts counts) {
        return MinuteJudge.uptime(rule, counts, ComponentState.UNKNOWN, null);
    }

    @Test
    @Tag("C25")
    @Tag("S4")
    void aMinuteIsShortWhenItServedLessThanPromisedAndTurnedRequestsAway() {
        assertThat(isShort(6_000, 3_000, 0)).isFalse();
        assertThat(isShort(3_500, 500, 0)).isTrue();
        assertThat(isShort(5_999, 1, 0)).isTrue();
        assertThat(MinuteJudge.hasDemand(Month.throughput(0, 0, 0))).isFalse();
        assertThat(isShort(3_500, 0, 5_000)).isFalse();
    }

    private static boolean isShort(long served, long rejected, long throttled) {
        return MinuteJudge.isShort(Month.throughput(served, rejected, throttled), 100);
    }

    @Test
    @Tag("C26")
    void throughputIsJudgedByMinutesWithDemand() {
        assertThat(throughput(10)).startsWith("MET");
        assertThat(throughput(11)).startsWith("BREACHED");
    }

    private static String throughput(int minutes) {
        return Month.of(
                        "2025-11",
                        SlaDefinition.pro(),
                        PLAIN,
                        m -> m < minutes
                                ? Month.throughput(3_500, 500, 0)
                                : m < 2_000 ? Month.throughput(100, 0, 0) : MinuteCounts.IDLE)
                .verdict(SlaObjective.THROUGHPUT);
    }

    @Test
    @Tag("C27")
    @Tag("S3")
    void latencyIsJudgedByAnExactCount() {
        assertThat(latency(Month.slow(100, 5))).isEqualTo("MET 95.00");
        assertThat(latency(Month.slow(100, 6))).isEqualTo("BREACHED 94.00");
        assertThat(latency(MinuteCounts.IDLE)).isEqualTo("NO_DATA null");
    }

    private static String latency(MinuteCounts first) {
        return Month.of("2025-11", SlaDefinition.enterprise(), PLAIN, m -> m == 0 ? first : MinuteCounts.IDLE)
                .verdict(SlaObjective.LATENCY);
    }

    @Test
    @Tag("C42")
    @Tag("S31")
    void theLowestStepAboveTheAttainmentCounts() {
        CreditSchedule steps = SlaDefinition.enterprise().credits().schedules().get(0);

        assertThat(steps.percent(Tally.of(1, 1_000))).isEqualByComparingTo("0");
        assertThat(steps.percent(Tally.of(10, 1_000))).isEqualByComparingTo("10");
        assertThat(steps.percent(Tally.of(10_001, 1_000_000))).isEqualByComparingTo("25");
        assertThat(steps.percent(Tally.of(51, 1_000))).isEqualByComparingTo("100");
    }

    @Test
    @Tag("C60")
    @Tag("S43")
    void anAlertSaysWhatItsBurnMeans() {
        SlaBinding binding = Month.binding("2025-01-01T00:00:00Z");

        assertThat(AlertRules.meaning(new BigDecimal("14.5"), Duration.ofHours(1), binding, SlaPeriod.parse("2025-11")))
                .isEqualTo("The last 1 h took 2.01 % of the month's budget.");
    }
}
