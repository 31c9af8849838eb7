package dev.matrix.analytics;

import static dev.matrix.analytics.Books.at;
import static dev.matrix.analytics.Books.midnight;
import static dev.matrix.analytics.Books.monthly;
import static dev.matrix.analytics.FlowTest.paid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Numbers as they stood, beside those of an earlier period, and as they are expected. */
class PerspectiveTest {

    private static final Owner ANN = Owner.user("ann");

    private static ReportQuery.Builder months() {
        return ReportQuery.builder().window(Window.between(midnight("2026-04-01"), midnight("2026-06-01")));
    }

    @Test
    @Tag("AN8")
    @Tag("AN57")
    void whatIsToldLateRestatesAndTheFormerNumberStaysReadable() {
        Books books = Books.at("2026-05-01T12:00:00Z");
        books.publish(paid("pay_1", ANN, "100.00", "0.00", at("2026-04-10", 9)));
        books.until("2026-06-10T09:00:00Z");
        books.publish(paid("pay_2", ANN, "11.00", "0.00", at("2026-04-11", 9)));
        books.until("2026-06-12T09:00:00Z");
        RevenueReport now =
                books.analytics.revenue(months().measures(Measure.REVENUE).build());
        assertThat(FlowTest.told(now.series())).containsExactly("REVENUE EUR [111.00, 0.00]");
        assertThat(now.series().get(0).points())
                .extracting(Point::state)
                .containsExactly(BucketState.RESTATED, BucketState.FINAL);
        RevenueReport before = books.analytics.revenue(months().measures(Measure.REVENUE)
                .asOf(Instant.parse("2026-06-09T12:00:00Z"))
                .build());
        assertThat(FlowTest.told(before.series())).containsExactly("REVENUE EUR [100.00, 0.00]");
    }

    private static Books steadily(String now, int days) {
        Books own = Books.at(now);
        List<EventDraft> payments = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            Instant at = midnight("2026-04-01").plus(Duration.ofDays(day)).plusSeconds(3_600);
            payments.add(paid("pay_" + day, ANN, "10.00", "0.00", at));
        }
        return own.publish(payments.toArray(EventDraft[]::new));
    }

    @Test
    @Tag("AN49")
    @Tag("AC36")
    void anOpenMonthIsProjectedFromItsDays() {
        Books own = steadily("2026-06-16T00:00:00Z", 76);
        ReportQuery query = ReportQuery.builder()
                .window(Window.between(midnight("2026-04-01"), midnight("2026-07-01")))
                .measures(Measure.REVENUE)
                .projected(true)
                .build();
        List<Point> points = own.analytics.revenue(query).series().get(0).points();
        assertThat(points.get(2).value()).isEqualByComparingTo("150");
        Point.Projection projected = Objects.requireNonNull(points.get(2).projected());
        assertThat(projected.value()).isEqualByComparingTo("300");
        assertThat(projected.lower()).isLessThanOrEqualTo(projected.value());
        assertThat(projected.upper()).isGreaterThanOrEqualTo(projected.value());
        assertThat(points.subList(0, 2))
                .allSatisfy(point -> assertThat(point.projected()).isNull());
        assertThat(own.analytics.revenue(query).csv()).contains(",150.00,PARTIAL");

        Books young = steadily("2026-04-01T12:00:00Z", 1);
        ReportQuery first = ReportQuery.builder()
                .window(Window.between(midnight("2026-04-01"), midnight("2026-05-01")))
                .measures(Measure.REVENUE)
                .projected(true)
                .build();
        assertThat(young.analytics
                        .revenue(first)
                        .series()
                        .get(0)
                        .points()
                        .get(0)
                        .projected())
                .as("nothing is known of other months, and no day has ended")
                .isNull();
    }

    @Test
    @Tag("AN50")
    @Tag("AC36")
    void anOpenMonthIsComparedWithAsMuchOfTheOneBefore() {
        Books own = steadily("2026-06-16T00:00:00Z", 76);
        Window june = Window.between(midnight("2026-06-01"), midnight("2026-07-01"));
        ReportQuery.Builder query =
                ReportQuery.builder().window(june).measures(Measure.REVENUE).comparison(Comparison.PREVIOUS_PERIOD);
        Point open = first(own, query);
        assertThat(open.value()).isEqualByComparingTo("150");
        // Half of May's 31 days ends on the 16th at noon; that day's payment was made at one o'clock at night.
        assertThat(open.compared()).isEqualByComparingTo("160");
        own.until("2026-07-10T00:00:00Z");
        assertThat(first(own, query).compared()).isEqualByComparingTo("310");
        assertThat(first(own, query.comparison(Comparison.YEAR_EARLIER)).compared())
                .as("there was no money a year ago")
                .isNull();
        own.starts("sub_1", ANN, midnight("2026-05-10"), monthly("a", "5.00", "EUR"));
        Point recurring = first(own, ReportQuery.builder().window(june).comparison(Comparison.PREVIOUS_PERIOD));
        assertThat(recurring.compared()).isEqualByComparingTo("5");
    }

    private static Point first(Books books, ReportQuery.Builder query) {
        return books.analytics.revenue(query.build()).series().get(0).points().get(0);
    }
}
