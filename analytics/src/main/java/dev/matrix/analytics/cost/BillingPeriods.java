package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The billing months of a subscription: the nth begins n months after the anchor in the billing zone, on the anchor's day or the
 * month's last one.
 */
record BillingPeriods(Instant anchor, ZoneId zone) {

    /**
     * A billing month.
     *
     * @param number how many months after the anchor it begins; negative before it
     */
    record Month(long number, Window window) {}

    private Instant start(long number) {
        return anchor.atZone(zone).plusMonths(number).toInstant();
    }

    /** The months that lie within a window as a whole, oldest first. */
    List<Month> within(Window window) {
        ZonedDateTime first = window.from().atZone(zone);
        long number = ChronoUnit.MONTHS.between(anchor.atZone(zone), first) - 1;
        while (start(number).isBefore(window.from())) {
            number++;
        }
        List<Month> months = new ArrayList<>();
        for (Instant end = start(number + 1); !end.isAfter(window.to()); end = start(number + 1)) {
            months.add(new Month(number, new Window(start(number), end)));
            number++;
        }
        return months;
    }
}
