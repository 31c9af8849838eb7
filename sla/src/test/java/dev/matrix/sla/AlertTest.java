package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Burn-rate alerts minute by minute after an onset, with five clean days before it (SRE Workbook, chapter 5). */
class AlertTest {

    private static final long ONSET = Counting.minute(Instant.parse("2025-11-06T00:00:00Z"));
    private static final long CLEAN = 5 * 1_440;

    /** What happens at each minute after the onset: rules that begin and cease to fire, and changes of the alert. */
    private static List<String> story(
            SlaDefinition definition, SlaObjective kind, int minutes, LongFunction<@Nullable MinuteCounts> after) {
        SlaBinding binding = Month.binding("2025-10-01T00:00:00Z");
        Timeline timeline = Timeline.of(
                List.of(binding),
                Map.of("enterprise", List.of(new Versioned(definition, null, Instant.EPOCH))),
                List.of(),
                Map.of());
        JudgedSpan judged = Month.span(timeline, ONSET - CLEAN, ONSET, m -> Month.counts(100_000, 0));
        Objective objective = definition.objective(kind).orElseThrow();
        Segment segment = timeline.segments().get(0);
        List<String> story = new ArrayList<>();
        SlaAlert alert = null;
        Map<Long, HourCounts> hours = new HashMap<>();
        for (int minute = 1; minute <= minutes; minute++) {
            long at = ONSET + minute - 1;
            HourCounts hour = hours.computeIfAbsent(Math.floorDiv(at, 60L), any -> new HourCounts());
            MinuteCounts counts = after.apply(minute - 1);
            if (counts != null) {
                hour.add(Math.floorMod(at, 60), counts);
                judged.put(Math.floorDiv(at, 60L), hour);
                judged.measuredTo(at + 1);
            }
            SlaAlert next =
                    AlertRules.next(segment, objective, judged, alert, "alr_1").orElse(null);
            if (next != null) {
                for (SlaAlert.RuleState rule : next.rules()) {
                    boolean before = alert != null
                            && alert.rules().stream()
                                    .anyMatch(each -> each.name().equals(rule.name()) && each.firing());
                    if (rule.firing() != before) {
                        story.add(minute + (rule.firing() ? " +" : " -") + rule.name());
                    }
                }
                if (alert == null || alert.severity() != next.severity() || alert.state() != next.state()) {
                    story.add(minute + " " + (next.state() == AlertState.OPEN ? next.severity() : next.state()) + " "
                            + next.episodes());
                }
            }
            alert = next == null || next.state() == AlertState.RESOLVED ? null : next;
        }
        return story;
    }

    private static List<String> outage(int minutes, LongFunction<@Nullable MinuteCounts> after) {
        return story(SlaDefinition.enterprise(), SlaObjective.UPTIME, minutes, after);
    }

    private static LongFunction<@Nullable MinuteCounts> down(int minutes) {
        return m -> m < minutes ? Month.DOWN : Month.GOOD;
    }

    @Test
    @Tag("C33")
    @Tag("S22")
    void aConstantErrorShareIsFoundAtTheClosedFormsMinute() {
        Map<Integer, Integer> minutes = Map.of(1_000, 1, 500, 2, 150, 6, 100, 9, 50, 18);
        minutes.forEach((perMille, minute) -> assertThat(story(
                                SlaDefinition.enterprise(),
                                SlaObjective.ERROR_RATE,
                                30,
                                m -> Month.counts(100_000, 100L * perMille))
                        .stream()
                        .filter(each -> each.endsWith("+page-fast")))
                .as("%s per mille", perMille)
                .containsExactly(minute + " +page-fast"));
        assertThat(story(SlaDefinition.enterprise(), SlaObjective.ERROR_RATE, 180, m -> Month.counts(100_000, 1_440)))
                .noneMatch(each -> each.endsWith("+page-fast"));
    }

    @Test
    @Tag("C34")
    void anHourDownFiresAllFourRulesAndEachClearsInItsTime() {
        assertThat(outage(430, down(60)).stream().filter(each -> each.contains("+") || each.contains("-")))
                .containsExactlyInAnyOrder(
                        "1 +page-fast",
                        "3 +page-slow",
                        "5 +ticket-fast",
                        "5 +ticket-slow",
                        "65 -page-fast",
                        "90 -page-slow",
                        "180 -ticket-fast",
                        "420 -ticket-slow");
        assertThat(outage(430, down(1)).stream().filter(each -> each.contains("page") || each.contains("ticket")))
                .containsExactly("1 +page-fast", "6 -page-fast");
    }

    @Test
    @Tag("C35")
    @Tag("S25")
    void anAlertRisesAtOnceAndFallsOnceItWasQuiet() {
        assertThat(outage(500, down(60)).stream().filter(each -> !each.contains("+") && !each.contains("-")))
                .containsExactly("1 PAGE 1", "105 TICKET 1", "435 RESOLVED 1");
    }

    @Test
    @Tag("C36")
    void anOutageThatComesAndGoesIsOneAlert() {
        assertThat(outage(500, m -> m < 60 && m % 10 < 5 ? Month.DOWN : Month.GOOD).stream()
                        .filter(each -> !each.contains("+") && !each.contains("-")))
                .containsExactly("1 PAGE 1", "100 TICKET 6", "430 RESOLVED 6");
    }

    @Test
    @Tag("C37")
    @Tag("S24")
    void aBudgetTooLargeForARuleLeavesItInactive() {
        assertThat(free(720)).noneMatch(each -> each.contains("page-fast"));
        assertThat(free(730)).anyMatch(each -> each.contains("+page-fast"));
        SlaDefinitionBuilder ninety = SlaDefinition.builder("x")
                .objective(new Objective.ErrorRate(BigDecimal.TEN, new Budgeting.Occurrences()));
        assertThat(ninety.build().inactiveRules().get(SlaObjective.ERROR_RATE))
                .extracting(BurnRule::name)
                .containsExactly("page-fast");
        AlertPolicy named = new AlertPolicy(
                List.of(BurnRule.of("mine", "14.4", 60, 5, AlertSeverity.PAGE)),
                Duration.ofMinutes(15),
                100,
                Duration.ofMinutes(15));
        assertThatThrownBy(() -> ninety.alerts(named).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("alerts.rules.mine can't fire");
        assertThatThrownBy(() -> new Objective.Uptime(new BigDecimal("100"), UptimeRule.standard()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("100 %");
    }

    private static List<String> free(int perMille) {
        SlaDefinition free = SlaDefinition.builder("enterprise")
                .objectives(SlaDefinition.free().objectives())
                .build();
        return story(free, SlaObjective.ERROR_RATE, 61, m -> Month.counts(100_000, 100L * perMille));
    }

    @Test
    @Tag("C38")
    @Tag("S23")
    void tooFewRequestsAlertNobody() {
        SlaBinding binding = Month.binding("2025-10-01T00:00:00Z");
        Timeline timeline = Timeline.of(
                List.of(binding),
                Map.of("enterprise", List.of(new Versioned(SlaDefinition.enterprise(), null, Instant.EPOCH))),
                List.of(),
                Map.of());
        JudgedSpan judged = Month.span(
                timeline, ONSET - CLEAN, ONSET, m -> m == CLEAN - 3 ? Month.counts(10, 1) : MinuteCounts.IDLE);
        Objective errors =
                SlaDefinition.enterprise().objective(SlaObjective.ERROR_RATE).orElseThrow();

        assertThat(Burning.window(errors, judged, 60).burn(errors.budget())).isEqualByComparingTo("100");
        assertThat(AlertRules.next(timeline.segments().get(0), errors, judged, null, "alr_1"))
                .isEmpty();
    }

    @Test
    @Tag("C39")
    void withoutDataAnAlertStaysAsItIs() {
        assertThat(outage(8, m -> m >= 3 && m < 6 ? null : Month.counts(100_000, 100_000)))
                .containsSequence("1 +page-fast", "1 PAGE 1")
                .noneMatch(each -> each.contains(" -"));
    }
}
