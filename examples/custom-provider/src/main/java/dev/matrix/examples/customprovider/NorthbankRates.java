package dev.matrix.examples.customprovider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.money.QuotedRate;
import dev.matrix.money.RateAges;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.ObservedRates;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateSource;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Northbank's fixing, each Monday at noon in Oslo, one line per currency: {@code 2026-01-05;EUR;USD;1.0842}. A source of your own takes
 * three methods; what else is to be done about rates (asking in time, on one node, again after failures; storing, doubting, ageing)
 * Matrix does.
 *
 * @param address https
 */
record NorthbankRates(URI address) implements RateSource {

    /** A rate is a week old when the next one comes, and a holiday may leave one fixing out. */
    static final RateClass WEEKLY =
            RateClass.DAILY_FIAT.named("WEEKLY_FIAT").withAges(new RateAges(Duration.ofDays(8), Duration.ofDays(15)));

    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    private static final Pattern LINE =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2});EUR;([A-Z]{3});([0-9]{1,9}\\.?[0-9]{0,9})");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST = 64 << 10;

    private record Line(LocalDate day, String currency, BigDecimal rate) {

        static Line read(String text) {
            Matcher line = LINE.matcher(text);
            if (!line.matches()) {
                throw new InvalidRequestException("Northbank's fixing has a line of another form.");
            }
            return new Line(LocalDate.parse(line.group(1)), line.group(2), new BigDecimal(line.group(3)));
        }
    }

    @Override
    public String name() {
        return "northbank";
    }

    @Override
    public RateClass rateClass() {
        return WEEKLY;
    }

    @Override
    public RateFetch fetch(FetchRequest request, HttpTransport transport) {
        HttpCall call =
                new HttpCall("GET", address, Map.of(), new byte[0], PATIENCE, LONGEST, new HttpCall.Reach.Any());
        HttpReply reply;
        try {
            reply = transport.call(call);
        } catch (TransportException lost) {
            return RateFetch.Failed.passing(lost.kind() + " on the way to " + address.getHost());
        }
        if (reply.status() != 200 || reply.end() != HttpReply.End.COMPLETE) {
            return RateFetch.Failed.passing(
                    address.getHost() + " answered " + reply.status() + ", with a body that is " + reply.end());
        }
        return new RateFetch.Fetched(List.of(read(new String(reply.body(), UTF_8))), null);
    }

    /** What isn't a fixing is refused as a whole: half of one would be taken for all of it. */
    private static ObservedRates read(String body) {
        List<Line> lines = body.lines().map(Line::read).toList();
        if (lines.stream().map(Line::day).distinct().count() != 1) {
            throw new InvalidRequestException("Northbank's fixing is of one day; this has none, or several.");
        }
        LocalDate day = lines.get(0).day();
        return new ObservedRates(
                "EUR",
                day,
                day.atTime(LocalTime.NOON).atZone(OSLO).toInstant(),
                lines.stream()
                        .collect(toMap(
                                Line::currency,
                                line -> QuotedRate.mid(line.rate()),
                                (one, other) -> one,
                                TreeMap::new)));
    }
}
