package dev.matrix.money.source;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.money.QuotedRate;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.ObservedRates;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateSource;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rates of about 170 currencies from openexchangerates.org, each hour; or of any service that answers in its style: {@code
 * {"timestamp": seconds, "base": code, "rates": {code: number}}}. The key travels in a header: {@code Authorization: Token KEY} by
 * default.
 */
public final class OpenExchangeRates implements RateSource {

    private static final URI LATEST = URI.create("https://openexchangerates.org/api/latest.json");
    private static final int LIMIT = 1_000_000;
    private static final String CODE = "[A-Z0-9]{3,12}";

    private final String name;
    private final String base;
    private final Download latest;

    private OpenExchangeRates(String name, String base, Download latest) {
        this.name = name;
        this.base = requireCode(base);
        this.latest = latest;
    }

    private static String requireCode(String base) {
        if (!base.matches(CODE)) {
            throw new InvalidRequestException("A base is a currency's code; \"" + base + "\" is none.");
        }
        return base;
    }

    /** openexchangerates.org with this App ID, base USD: what every plan of theirs allows. */
    public static OpenExchangeRates withKey(String appId) {
        Map<String, String> header = Map.of("Authorization", "Token " + requireNonNull(appId, "appId"));
        return new OpenExchangeRates("openexchangerates", "USD", new Download(LATEST, header, LIMIT));
    }

    /**
     * Another service that answers in this style.
     *
     * @param name the source's name, {@code [a-z0-9-]{1,32}}
     * @param address https, with whatever parameters it needs; never a key
     * @param base the base that the address asks for: an answer of another is refused
     * @param headers sent along, such as a key
     */
    public static OpenExchangeRates of(String name, URI address, String base, Map<String, String> headers) {
        return new OpenExchangeRates(name, base, new Download(address, headers, LIMIT));
    }

    /**
     * These rates asked for with another base, by the parameter {@code base}, which the address doesn't have yet.
     *
     * @throws InvalidRequestException if the code can't be a currency's, or the address has a base
     */
    public OpenExchangeRates withBase(String code) {
        requireCode(code);
        String query = latest.address().getRawQuery();
        if (query != null && ("&" + query).contains("&base=")) {
            throw new InvalidRequestException("The address of " + name + " asks for a base already.");
        }
        URI address = URI.create(latest.address() + (query == null ? "?" : "&") + "base=" + code);
        return new OpenExchangeRates(name, code, new Download(address, latest.headers(), LIMIT));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RateClass rateClass() {
        return RateClass.INTRADAY_FIAT;
    }

    @Override
    public RateFetch fetch(FetchRequest request, HttpTransport transport) {
        return latest.get(transport, request.now(), request.note(), this::read);
    }

    private List<ObservedRates> read(byte[] body) {
        JsonObject answer = JsonRates.object(body);
        String answered = JsonRates.text(answer.get("base"), "base");
        if (!answered.equals(base)) {
            throw new InvalidRequestException("Asked for base " + base + ", answered with another; nothing is stored.");
        }
        Instant observedAt = JsonRates.seconds(answer.get("timestamp"), "timestamp");
        SortedMap<String, QuotedRate> rates = new TreeMap<>();
        JsonRates.object(answer.get("rates"), "rates").members().forEach((code, rate) -> {
            if (code.matches(CODE)) {
                rates.put(code, QuotedRate.mid(JsonRates.number(rate, "a rate")));
            }
        });
        return List.of(new ObservedRates(base, LocalDate.ofInstant(observedAt, ZoneOffset.UTC), observedAt, rates));
    }

    /** The source's name. */
    @Override
    public String toString() {
        return name;
    }
}
