package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Excluded time and components, in a contract of the first week of November. */
class ExclusionTest {

    private static final Instant START = Instant.parse("2025-11-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2025-10-01T00:00:00Z");

    private static SlaBinding week(SlaBinding any) {
        return SlaBinding.of("s", any.owner(), "enterprise", START).until(START.plus(Duration.ofDays(7)));
    }

    private static Instant at(String time) {
        return Instant.parse("2025-11-" + time + ":00Z");
    }

    private static Exclusion maintenance(String from, String to) {
        return Exclusion.maintenance(ExclusionScope.everyone(), at(from), at(to), "upgrade", "ops_1", LONG_AGO);
    }

    private static Exclusion correction(String from, String to) {
        return Exclusion.correction(ExclusionScope.everyone(), at(from), at(to), "wrong probe", "ops_1", LONG_AGO);
    }

    private static Month week(LongFunction<@Nullable MinuteCounts> minutes, Exclusion... exclusions) {
        return Month.of(
                "2025-11", SlaDefinition.enterprise(), ExclusionTest::week, List.of(exclusions), Map.of(), minutes);
    }

    @Test
    @Tag("C15")
    @Tag("S18")
    void excludedMinutesLeaveTheDenominatorOrCountAsUp() {
        LongFunction<@Nullable MinuteCounts> down = m -> m >= 5 * 1_440 && m < 5 * 1_440 + 60 ? Month.DOWN : Month.GOOD;
        Exclusion day = correction("02T00:00", "03T00:00");

        Month excluded = week(down, day);
        Month up = week(down, day.in(ExclusionMode.COUNT_AS_UP));

        assertThat(excluded.sums().up + excluded.sums().down).isEqualTo(8_640);
        assertThat(excluded.objective(SlaObjective.UPTIME).attainment()).isEqualByComparingTo("99.30");
        assertThat(up.sums().up + up.sums().down).isEqualTo(10_080);
        assertThat(up.objective(SlaObjective.UPTIME).attainment()).isEqualByComparingTo("99.40");
    }

    @Test
    @Tag("C16")
    void overlapsCountOnceAndAreClipped() {
        Month month = week(m -> Month.GOOD, correction("02T10:00", "02T11:00"), correction("02T10:30", "02T11:30"));
        Month clipped = week(
                m -> Month.GOOD,
                Exclusion.correction(
                        ExclusionScope.everyone(),
                        START.minus(Duration.ofHours(1)),
                        START.plus(Duration.ofHours(1)),
                        "clock",
                        "ops_1",
                        LONG_AGO));

        assertThat(month.sums().excluded).isEqualTo(90);
        assertThat(clipped.sums().excluded).isEqualTo(60);
        assertThat(clipped.report().exclusions().get(0).from()).isEqualTo(START);
    }

    @Test
    @Tag("C17")
    @Tag("S19")
    void maintenanceNeedsNoticeAndHasACap() {
        Exclusion late = Exclusion.maintenance(
                ExclusionScope.everyone(), at("03T00:00"), at("03T01:00"), "upgrade", "ops_1", at("02T01:00"));
        Exclusion long5 = maintenance("04T00:00", "04T05:00");

        List<ExcludedTime> listed = week(m -> Month.GOOD, late, long5).report().exclusions();

        assertThat(listed).extracting(ExcludedTime::honouredMinutes).containsExactly(0, 240);
        assertThat(listed.get(0).notHonoured()).contains("announced later");
        assertThat(listed.get(1).notHonoured()).contains("more than PT4H");
        assertThat(week(m -> Month.GOOD, late, long5).sums().excluded).isEqualTo(240);
    }

    @Test
    @Tag("C72")
    @Tag("S50")
    void aNoticeOfExactly24HoursIsEnoughAndNonsenseIsRefusedByField() {
        Exclusion exact = Exclusion.maintenance(
                ExclusionScope.everyone(), at("03T00:00"), at("03T01:00"), "upgrade", "ops_1", at("02T00:00"));

        assertThat(week(m -> Month.GOOD, exact).sums().excluded).isEqualTo(60);
        assertThatThrownBy(() -> maintenance("02T10:00", "02T09:00"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("to ");
        assertThatThrownBy(() -> maintenance("01T00:00", "09T00:00").every(Exclusion.Recurrence.WEEKLY))
                .hasMessageStartingWith("recurrence ");
        assertThatThrownBy(() -> SlaBinding.of("a\0", SlaNode.ADA, "pro", START))
                .hasMessageStartingWith("subscriptionId ");
        assertThatThrownBy(() -> SlaBinding.of("a" + (char) 0xd800, SlaNode.ADA, "pro", START))
                .hasMessageStartingWith("subscriptionId ");
        assertThatThrownBy(() -> SlaBinding.of("a", SlaNode.ADA, "pro", Instant.MAX))
                .hasMessageStartingWith("from ");
        assertThatThrownBy(() -> new CreditStep(new BigDecimal("1E-999999999"), BigDecimal.ONE))
                .hasMessageStartingWith("credits.steps.below ");
    }

    @Test
    @Tag("C19")
    void anOutageWithinMaintenanceCountsOnlyOutsideIt() {
        LongFunction<@Nullable MinuteCounts> outage =
                m -> m >= 1_440 + 650 && m < 1_440 + 670 ? Month.DOWN : Month.GOOD;

        assertThat(week(outage, maintenance("02T10:00", "02T11:00")).sums().down)
                .isEqualTo(10);
        assertThat(week(outage, correction("01T00:00", "08T00:00")).report().state())
                .isEqualTo(ComplianceState.NO_DATA);
    }

    @Test
    void aWeeklyWindowComesBackAtItsLocalTime() {
        Exclusion weekly = Exclusion.correction(
                        ExclusionScope.everyone(), LONG_AGO, LONG_AGO.plusSeconds(1_800), "batch", "ops_1", LONG_AGO)
                .every(Exclusion.Recurrence.WEEKLY);

        assertThat(week(m -> Month.GOOD, weekly).report().exclusions())
                .extracting(ExcludedTime::from)
                .containsExactly(Instant.parse("2025-11-05T00:00:00Z"));
    }

    private static long down(MinuteRounding rounding, String from, String to) {
        SlaDefinition definition = SlaDefinition.builder("enterprise")
                .objective(new Objective.Uptime(
                        new BigDecimal("99.9"), UptimeRule.standard().rounded(rounding)))
                .build();
        ComponentHistory history = ComponentHistory.of(List.of(
                new ComponentHistory.Change(START, ComponentState.UP),
                new ComponentHistory.Change(Instant.parse("2025-11-01T10:" + from + "Z"), ComponentState.DOWN),
                new ComponentHistory.Change(Instant.parse("2025-11-01T10:" + to + "Z"), ComponentState.UP)));
        return Month.of(
                        "2025-11",
                        definition,
                        binding -> week(binding).on("api"),
                        List.of(),
                        Map.of("api", history),
                        m -> null)
                .sums()
                .down;
    }

    @Test
    @Tag("C21")
    void aPartlyDownMinuteIsRounded() {
        assertThat(down(MinuteRounding.MAJORITY, "00:20", "02:29")).isEqualTo(2);
        assertThat(down(MinuteRounding.WHOLE, "00:20", "02:29")).isEqualTo(1);
        assertThat(down(MinuteRounding.ANY, "00:20", "02:29")).isEqualTo(3);
    }
}
