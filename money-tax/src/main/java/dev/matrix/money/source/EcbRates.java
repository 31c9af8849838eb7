package dev.matrix.money.source;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateSource;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The euro reference rates of the European Central Bank, since 1999: about 30 currencies a working day, at about 16:00 in
 * Frankfurt. The ECB publishes them for information and discourages their use for transactions. No key is needed.
 *
 * <p>What is missing decides what is asked for: nothing stored or more than 90 days missing, the whole history (7 MB); more than
 * a day, the last 90 days; else the day. Addresses: https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml, {@code
 * -hist-90d.xml} and {@code -hist.xml} there.
 */
public final class EcbRates implements RateSource {

    private static final String FOLDER = "https://www.ecb.europa.eu/stats/eurofxref/";
    private static final LocalTime PUBLISHED = LocalTime.of(15, 55);
    private static final Duration UNTIL_IT_APPEARS = Duration.ofMinutes(15);
    private static final int RECENT_DAYS = 90;
    private static final int MEGABYTE = 1_000_000;
    private static final int HISTORY_LIMIT = 32 * MEGABYTE;

    private final Download daily;
    private final Download recent;
    private final Download history;

    private EcbRates(URI daily, URI recent, URI history) {
        this.daily = new Download(daily, Map.of(), MEGABYTE);
        this.recent = new Download(recent, Map.of(), MEGABYTE);
        this.history = new Download(history, Map.of(), HISTORY_LIMIT);
    }

    /** From the ECB's own addresses. */
    public static EcbRates create() {
        return from(
                URI.create(FOLDER + "eurofxref-daily.xml"),
                URI.create(FOLDER + "eurofxref-hist-90d.xml"),
                URI.create(FOLDER + "eurofxref-hist.xml"));
    }

    /**
     * From a mirror.
     *
     * @param daily https; the newest day, at most 1 MB
     * @param recent https; the last 90 days, at most 1 MB
     * @param history https; everything since 1999, at most 32 MB
     */
    public static EcbRates from(URI daily, URI recent, URI history) {
        return new EcbRates(daily, recent, history);
    }

    @Override
    public String name() {
        return "ecb";
    }

    @Override
    public RateClass rateClass() {
        return RateClass.DAILY_FIAT;
    }

    @Override
    public RateFetch fetch(FetchRequest request, HttpTransport transport) {
        return missing(request).get(transport, request.now(), request.note(), EcbXml::read);
    }

    private Download missing(FetchRequest request) {
        LocalDate newest = request.newestObservedOn();
        long days = newest == null
                ? Long.MAX_VALUE
                : ChronoUnit.DAYS.between(newest, LocalDate.ofInstant(request.now(), EcbXml.FRANKFURT));
        if (days > RECENT_DAYS) {
            return history;
        }
        return days > 1 ? recent : daily;
    }

    /** Each 15 minutes from 15:55 in Frankfurt on a weekday until its rates are there, else after 6 hours. */
    @Override
    public Instant nextAttempt(Instant now, @Nullable Instant newestObservedAt, int failures) {
        if (failures > 0) {
            return now.plus(PAUSES.after(failures));
        }
        ZonedDateTime here = now.atZone(EcbXml.FRANKFURT);
        Instant regular = now.plus(rateClass().every());
        if (here.getDayOfWeek() == DayOfWeek.SATURDAY || here.getDayOfWeek() == DayOfWeek.SUNDAY) {
            return regular;
        }
        Instant published = here.with(PUBLISHED).toInstant();
        if (now.isBefore(published)) {
            return published.isBefore(regular) ? published : regular;
        }
        boolean appeared = newestObservedAt != null
                && !LocalDate.ofInstant(newestObservedAt, EcbXml.FRANKFURT).isBefore(here.toLocalDate());
        return appeared ? regular : now.plus(UNTIL_IT_APPEARS);
    }

    /** The source's name. */
    @Override
    public String toString() {
        return name();
    }
}
