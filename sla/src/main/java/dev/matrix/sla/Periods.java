package dev.matrix.sla;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Which minutes belong to which local days and periods: a minute belongs to that of its first instant. */
final class Periods {

    private Periods() {}

    static SlaPeriod at(SlaBinding binding, long minute) {
        return new SlaPeriod(binding.period().firstDayAt(day(minute, binding.zone())));
    }

    static LocalDate day(long minute, ZoneId zone) {
        return Instant.ofEpochSecond(minute * 60).atZone(zone).toLocalDate();
    }

    static Instant instant(long minute) {
        return Instant.ofEpochSecond(minute * 60);
    }

    /** The first whole minute of a local day; a zone whose offset has seconds begins its days within a minute. */
    static long start(LocalDate day, ZoneId zone) {
        return Math.floorDiv(day.atStartOfDay(zone).toEpochSecond() + 59, 60L);
    }

    static long start(SlaPeriod period, SlaBinding binding) {
        return start(period.first(), binding.zone());
    }

    static long end(SlaPeriod period, SlaBinding binding) {
        return start(binding.period().next(period.first()), binding.zone());
    }

    /** Whether it is one of this binding's periods. */
    static boolean isOf(SlaPeriod period, SlaBinding binding) {
        return binding.period().firstDayAt(period.first()).equals(period.first());
    }
}
