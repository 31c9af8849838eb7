package dev.matrix.money.source;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.money.QuotedRate;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.ObservedRates;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Prices of cryptocurrencies in USD and EUR from CoinGecko, each minute: bitcoin (BTC), ethereum (ETH) and tether (USDT) by default.
 * A key travels in the header {@code x-cg-demo-api-key} or {@code x-cg-pro-api-key}.
 */
public final class CoinGeckoRates implements RateSource {

    private static final URI PUBLIC = URI.create("https://api.coingecko.com/api/v3/");
    private static final URI PRO = URI.create("https://pro-api.coingecko.com/api/v3/");
    private static final List<String> PRICED_IN = List.of("EUR", "USD");
    private static final int LIMIT = 1_000_000;
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final SortedMap<String, String> coins;
    private final URI root;
    private final Map<String, String> headers;
    private final Download prices;

    private CoinGeckoRates(Map<String, String> coins, URI root, Map<String, String> headers) {
        this.coins = new TreeMap<>(coins);
        this.root = root;
        this.headers = headers;
        String query = "simple/price?ids=" + String.join(",", this.coins.keySet())
                + "&vs_currencies=eur,usd&include_last_updated_at=true&precision=full";
        this.prices = new Download(root.resolve(query), headers, LIMIT);
    }

    private static CoinGeckoRates of(URI root, Map<String, String> headers) {
        return new CoinGeckoRates(Map.of("bitcoin", "BTC", "ethereum", "ETH", "tether", "USDT"), root, headers);
    }

    /** The public service without a key. */
    public static CoinGeckoRates keyless() {
        return of(PUBLIC, Map.of());
    }

    /** The public service with a demo key. */
    public static CoinGeckoRates withDemoKey(String key) {
        return of(PUBLIC, Map.of("x-cg-demo-api-key", requireNonNull(key, "key")));
    }

    /** The paid service with its key. */
    public static CoinGeckoRates withProKey(String key) {
        return of(PRO, Map.of("x-cg-pro-api-key", requireNonNull(key, "key")));
    }

    /**
     * The same from another address.
     *
     * @param otherRoot https, what stands before {@code simple/price}
     * @throws InvalidRequestException unless it is an https folder, ending in a slash
     */
    public CoinGeckoRates from(URI otherRoot) {
        if (!otherRoot.toString().endsWith("/")) {
            throw new InvalidRequestException("The address of CoinGecko ends in a slash, as in " + PUBLIC + ".");
        }
        return new CoinGeckoRates(coins, otherRoot, headers);
    }

    /**
     * The same of other coins.
     *
     * @param codes CoinGecko's id of a coin to the code of its currency, such as {@code bitcoin} to {@code BTC}
     * @throws InvalidRequestException for none, for what can't be an id or a code, and for two coins of one code
     */
    public CoinGeckoRates coins(Map<String, String> codes) {
        if (codes.isEmpty() || !codes.keySet().stream().allMatch(id -> id.matches("[a-z0-9-]{1,64}"))) {
            throw new InvalidRequestException("Name at least one coin by CoinGecko's id, such as bitcoin.");
        }
        if (new HashSet<>(codes.values()).size() < codes.size()
                || !codes.values().stream().allMatch(code -> code.matches("[A-Z0-9]{3,12}"))) {
            throw new InvalidRequestException("Each coin has a currency's code of its own, such as BTC.");
        }
        return new CoinGeckoRates(codes, root, headers);
    }

    @Override
    public String name() {
        return "coingecko";
    }

    @Override
    public RateClass rateClass() {
        return RateClass.CRYPTO;
    }

    @Override
    public RateFetch fetch(FetchRequest request, HttpTransport transport) {
        return prices.get(transport, request.now(), request.note(), body -> read(body, request.now()));
    }

    /** A coin without a price, or with one that can't be right, is left out: its last one ages. */
    private List<ObservedRates> read(byte[] body, Instant now) {
        JsonObject answer = JsonRates.object(body);
        List<ObservedRates> observed = new ArrayList<>();
        List<InvalidRequestException> faults = new ArrayList<>();
        coins.forEach((id, code) -> {
            try {
                if (answer.get(id) instanceof JsonObject coin) {
                    observed(code, coin, now).ifPresent(observed::add);
                }
            } catch (InvalidRequestException malformed) {
                faults.add(malformed);
            }
        });
        if (observed.isEmpty()) {
            throw faults.isEmpty()
                    ? new InvalidRequestException("The answer has a price of none of the coins that were asked for.")
                    : faults.get(0);
        }
        return observed;
    }

    private static Optional<ObservedRates> observed(String code, JsonObject coin, Instant now) {
        SortedMap<String, QuotedRate> rates = prices(coin);
        if (rates.isEmpty()) {
            return Optional.empty();
        }
        Instant at = JsonRates.seconds(coin.get("last_updated_at"), "last_updated_at");
        if (at.isAfter(now.plus(CLOCKS_APART))) {
            throw new InvalidRequestException("The price of " + code + " is dated " + at + ", which is yet to come.");
        }
        return Optional.of(new ObservedRates(code, LocalDate.ofInstant(at, ZoneOffset.UTC), at, rates));
    }

    private static SortedMap<String, QuotedRate> prices(JsonObject coin) {
        SortedMap<String, QuotedRate> rates = new TreeMap<>();
        for (String currency : PRICED_IN) {
            Json price = coin.get(currency.toLowerCase(Locale.ROOT));
            if (price != null && !(price instanceof JsonNull)) {
                rates.put(currency, QuotedRate.mid(JsonRates.number(price, "a price")));
            }
        }
        return rates;
    }

    /** The source's name. */
    @Override
    public String toString() {
        return name();
    }
}
