package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Periods where zones change, months end, and offsets have seconds. */
@Tag("S56")
class ZoneTest {

    private static final Instant MIDDLE = Instant.parse("2025-11-16T00:00:00Z");

    private static Timeline timeline(SlaDefinition definition, SlaBinding... bindings) {
        return Timeline.of(
                List.of(bindings),
                Map.of("enterprise", List.of(new Versioned(definition, null, Instant.EPOCH))),
                List.of(),
                Map.of());
    }

    @Test
    @Tag("C80")
    void eachMinuteBelongsToOnePeriodWhereTheZoneChanges() {
        SlaBinding utc = Month.binding("2025-11-01T00:00:00Z").until(MIDDLE);
        SlaBinding newYork = Month.binding("2025-11-16T00:00:00Z").in(ZoneId.of("America/New_York"));
        Timeline timeline = timeline(SlaDefinition.enterprise(), utc, newYork);
        long counted = 0;
        long end = Long.MIN_VALUE;
        for (String period : List.of("2025-10", "2025-11", "2025-12")) {
            for (Segment segment : timeline.segments(SlaPeriod.parse(period))) {
                assertThat(segment.from()).isGreaterThanOrEqualTo(end);
                end = segment.to();
                counted += segment.to() - segment.from();
            }
        }
        assertThat(end).isEqualTo(Counting.minute(Instant.parse("2026-01-01T05:00:00Z")));
        assertThat(counted).isEqualTo(end - Counting.minute(Instant.parse("2025-11-01T00:00:00Z")));
    }

    @Test
    @Tag("C80")
    void anOutageGoesOnOverAMonthsEnd() {
        UptimeRule five = new UptimeRule(
                UptimeSource.BOTH, BigDecimal.TEN, 20, 5, MinuteRounding.MAJORITY, IdlePolicy.IDLE_EXCLUDED);
        SlaDefinition definition = SlaDefinition.builder("enterprise")
                .objective(new Objective.Uptime(new BigDecimal("99.9"), five))
                .build();
        Timeline timeline = timeline(definition, Month.binding("2025-11-01T00:00:00Z"));
        long end = Counting.minute(Instant.parse("2025-12-01T00:00:00Z"));
        JudgedSpan judged = Month.span(
                timeline, end - 60, end + 60, minute -> minute >= 57 && minute < 63 ? Month.DOWN : Month.GOOD);
        assertThat(judged.sums(end - 60, end).down).isEqualTo(3);
        assertThat(judged.sums(end, end + 60).down).isEqualTo(3);
    }

    @Test
    @Tag("C80")
    void anOffsetWithSecondsGivesWholeMinutes() {
        ZoneId monrovia = ZoneId.of("Africa/Monrovia");
        LocalDate day = LocalDate.of(1971, 6, 1);
        assertThat(day.atStartOfDay(monrovia).getOffset().getTotalSeconds() % 60)
                .isNotZero();
        long start = Periods.start(day, monrovia);
        assertThat(Periods.day(start, monrovia)).isEqualTo(day);
        assertThat(Periods.day(start - 1, monrovia)).isEqualTo(day.minusDays(1));
    }
}
