package dev.matrix.tax.vies;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.tax.spi.TaxIdVerifier;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks VIES, the European Commission's VAT Information Exchange System, by its REST interface
 * ({@code POST /check-vat-number}). A requester of a member state gets a consultation number. VIES needs no key. Immutable
 * and thread-safe.
 */
public final class ViesVerifier implements TaxIdVerifier {

    private static final URI PRODUCTION =
            URI.create("https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REPLY_CAP = 64 << 10;
    private static final Set<String> PREFIXES = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI");
    private static final Map<String, List<String>> HEADERS =
            Map.of("Content-Type", List.of("application/json"), "Accept", List.of("application/json"));

    private final URI address;
    private final Duration timeout;
    private final JsonCodec json = JsonCodec.of(Currencies.standard());

    private ViesVerifier(URI address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /** Asks {@code ec.europa.eu}, waiting for 30 s: some member states' answers take that long. */
    public static ViesVerifier create() {
        return new ViesVerifier(PRODUCTION, PATIENCE);
    }

    /**
     * Asks at another address, such as that of a proxy.
     *
     * @throws InvalidRequestException unless it is https
     */
    public ViesVerifier at(URI other) {
        if (!"https".equals(other.getScheme())) {
            throw new InvalidRequestException("VIES is asked by https; " + other.getScheme() + " isn't.");
        }
        return new ViesVerifier(other, timeout);
    }

    /** Waits at most that long; 30 s by default. */
    public ViesVerifier timeout(Duration longest) {
        return new ViesVerifier(address, requireNonNull(longest, "longest"));
    }

    @Override
    public Set<String> prefixes() {
        return PREFIXES;
    }

    @Override
    public TaxIdAnswer verify(TaxId id, @Nullable TaxId requester, HttpTransport transport) {
        byte[] body = json.encode(ViesRequest.of(id, requester, PREFIXES));
        HttpCall call = new HttpCall("POST", address, HEADERS, body, timeout, REPLY_CAP, new HttpCall.Reach.Any());
        try {
            return ViesReply.answer(transport.call(call), json);
        } catch (TransportException failure) {
            return new TaxIdAnswer.Unavailable(failure.kind().name());
        }
    }
}
