package dev.matrix.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets where zones are odd. */
class CalendarTest {

    private static Instant local(String zone, String day) {
        return LocalDate.parse(day).atStartOfDay(ZoneId.of(zone)).toInstant();
    }

    private static List<Bucket> hours(String zone, String day) {
        Window window = new Window(
                local(zone, day), local(zone, LocalDate.parse(day).plusDays(1).toString()));
        return Calendar.STANDARD.buckets(window, TimeRange.HOUR, ZoneId.of(zone));
    }

    @Test
    @Tag("AC51")
    @Tag("AN69")
    void anHourEndsWhereTheOffsetChanges() {
        List<Bucket> hours = hours("Australia/Lord_Howe", "2024-04-07");
        assertThat(hours).hasSize(25);
        assertThat(hours.stream()
                        .filter(hour -> Duration.between(hour.from(), hour.to()).toMinutes() == 30))
                .hasSize(1);
        assertThat(hours).extracting(Bucket::label).doesNotHaveDuplicates();
        assertThat(hours("Australia/Lord_Howe", "2024-10-06")).hasSizeBetween(24, 25);
    }

    @Test
    @Tag("AC51")
    @Tag("AN69")
    void aDayThatNeverWasHasNoBucket() {
        String zone = "Pacific/Apia";
        Window window = new Window(local(zone, "2011-12-28"), local(zone, "2012-01-01"));
        assertThat(Calendar.STANDARD.buckets(window, TimeRange.DAY, ZoneId.of(zone)))
                .extracting(Bucket::label)
                .containsExactly("2011-12-28", "2011-12-29", "2011-12-31");
    }

    /** In these zones clocks went back over midnight: the end of a local day came again after the next one had begun. */
    @ParameterizedTest
    @ValueSource(
            strings = {"America/St_Johns", "America/Havana", "Asia/Amman", "America/Sao_Paulo", "America/Asuncion"})
    @Tag("AN6")
    void everyInstantIsInABucketThatHoldsIt(String name) {
        ZoneId zone = ZoneId.of(name);
        Instant end = Instant.parse("2012-01-01T00:00:00Z");
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.parse("2004-01-01T00:00:00Z"));
        int changes = 0;
        while (change != null && change.getInstant().isBefore(end)) {
            Instant from = change.getInstant().minus(Duration.ofHours(26));
            for (int minutes = 0; minutes < 52 * 60; minutes += 10) {
                Instant at = from.plus(Duration.ofMinutes(minutes));
                for (TimeRange range : TimeRange.values()) {
                    Bucketing.Span span = Calendar.STANDARD.span(at, range, zone);
                    assertThat(!at.isBefore(span.from()) && at.isBefore(span.to()))
                            .as("the %s of %s in %s is %s", range, at, name, span)
                            .isTrue();
                }
            }
            changes++;
            change = zone.getRules().nextTransition(change.getInstant());
        }
        assertThat(changes).isPositive();
    }

    @Test
    @Tag("AN6")
    void aChangeWithinTheHourThatComesAgainEnds() {
        ZoneId zone = ZoneId.of("America/St_Johns");
        Books books = Books.at("2006-12-01T00:00:00Z", builder -> builder.zones(zone));
        // At 00:01 of the 29th clocks went back to 23:01 of the 28th; this is 23:30, for the second time.
        Instant again = Instant.parse("2006-10-29T03:00:00Z");
        books.starts("sub_1", Owner.user("ann"), again, Books.monthly("basic", "50.00", "EUR"));
        RevenueReport report = books.report(ReportQuery.builder()
                .timeRange(TimeRange.DAY)
                .window(new Window(local(zone.getId(), "2006-10-28"), local(zone.getId(), "2006-10-31"))));
        assertThat(Books.told(report))
                .containsExactly(
                        "2006-10-28 0.00 → 0.00", "2006-10-29 0.00 NEW 50.00 → 50.00", "2006-10-30 50.00 → 50.00");
        assertThat(books.verify()).isEmpty();
    }

    @Test
    @Tag("AC45")
    void anEndThatNeverComesIsNone() {
        Books books = Books.at("2026-08-15T12:00:00Z");
        books.publish(Books.cancelled(
                "sub_1",
                Owner.user("ann"),
                books.state(
                        SubscriptionStatus.ACTIVE,
                        Books.midnight("2026-03-01"),
                        Books.monthly("basic", "50.00", "EUR")),
                Instant.parse("9999-12-31T23:59:59Z")));
        assertThat(Books.told(books.months("2026-03-01", "2026-05-01")))
                .containsExactly("2026-03 0.00 NEW 50.00 → 50.00", "2026-04 50.00 → 50.00");
        assertThat(books.verify()).isEmpty();
    }
}
