package dev.matrix.webhooks.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.webhooks.signing.Verification.Reason;
import dev.matrix.webhooks.signing.Verification.Rejected;
import dev.matrix.webhooks.signing.Verification.Verified;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For receivers: tells whether a webhook is genuine and fresh. Needs no Matrix, and serves webhooks of any sender that
 * signs in one of these styles. Immutable and thread-safe. Nothing received makes it throw; keys that can't be used are
 * refused when it is made, by InvalidRequestException.
 *
 * <pre>{@code
 * WebhookVerifier verifier = WebhookVerifier.standard("whsec_…");
 * if (verifier.verify(request::getHeader, body) instanceof Verification.Verified genuine) { … }
 * }</pre>
 *
 * <p>Verify the body's bytes as received, before any parsing: a JSON tree written again has another signature.
 */
public final class WebhookVerifier {

    private enum Style {
        STANDARD,
        STRIPE,
        GITHUB
    }

    private static final int MOST_SIGNATURES = 32;
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** Twelve digits reach beyond the year 30000 and always fit an Instant. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final Style style;
    private final List<VerifyingKey> keys;
    private final String stripeHeader;
    private final Duration tolerance;
    private final InstantSource clock;

    private WebhookVerifier(
            Style style, List<VerifyingKey> keys, String stripeHeader, Duration tolerance, InstantSource clock) {
        this.style = style;
        this.keys = keys;
        this.stripeHeader = stripeHeader;
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /**
     * Standard Webhooks 1.0.0.
     *
     * @param keys any of them may have signed: {@code whsec_…}, with or without that prefix, or {@code whpk_…}
     */
    public static WebhookVerifier standard(String... keys) {
        return of(Style.STANDARD, keys, VerifyingKey::standard);
    }

    /**
     * As Stripe signs: {@code t=…,v1=…} in {@code Matrix-Signature}, or where {@link #stripeHeader} says.
     *
     * @param secrets any of them may have signed; each whole, with its prefix
     */
    public static WebhookVerifier stripe(String... secrets) {
        return of(Style.STRIPE, secrets, VerifyingKey::stripe);
    }

    /**
     * As GitHub signs: {@code X-Hub-Signature-256: sha256=…}. That covers the body alone, so an old request that is sent
     * again passes: keep the ids that the bodies hold.
     *
     * @param secrets any of them may have signed; each whole, with its prefix
     */
    public static WebhookVerifier github(String... secrets) {
        return of(Style.GITHUB, secrets, VerifyingKey::github);
    }

    private static WebhookVerifier of(Style style, String[] keys, Function<String, VerifyingKey> read) {
        if (keys.length == 0) {
            throw new InvalidRequestException("A verifier needs a key: hand it the endpoint's secret.");
        }
        return new WebhookVerifier(
                style, Arrays.stream(keys).map(read).toList(), Signatures.STRIPE, TOLERANCE, InstantSource.system());
    }

    /** How far the request's time may lie from now, either way, in whole seconds; 300 s by default. */
    public WebhookVerifier tolerance(Duration either) {
        if (either.isNegative()) {
            throw new InvalidRequestException("A tolerance is 0 or more; " + either + " is not.");
        }
        return new WebhookVerifier(style, keys, stripeHeader, either, clock);
    }

    /** What time it is; the system's clock by default. */
    public WebhookVerifier clock(InstantSource source) {
        return new WebhookVerifier(style, keys, stripeHeader, tolerance, requireNonNull(source, "source"));
    }

    /** Which header {@link #stripe} reads, such as {@code Stripe-Signature}; the other styles' names are fixed. */
    public WebhookVerifier stripeHeader(String name) {
        return new WebhookVerifier(style, keys, requireNonNull(name, "name"), tolerance, clock);
    }

    /**
     * Judges a request.
     *
     * @param headers names in any case, each with its value
     * @param body its bytes as received
     */
    public Verification verify(Map<String, String> headers, byte[] body) {
        return verify(name -> find(headers, name), body);
    }

    /**
     * Judges a request of any server.
     *
     * @param header gives a header's value, or null: a servlet's {@code request::getHeader}, or
     *     {@code exchange.getRequestHeaders()::getFirst} of the JDK's server
     * @param body its bytes as received
     */
    public Verification verify(Function<String, @Nullable String> header, byte[] body) {
        requireNonNull(body, "body");
        Claim claim = switch (style) {
            case STANDARD -> Claim.standard(header);
            case STRIPE -> Claim.stripe(header, stripeHeader);
            case GITHUB -> Claim.github(header);
        };
        if (claim == null) {
            return new Rejected(Reason.MISSING_HEADER);
        }
        int listed = claim.signatures().size();
        if (listed == 0 || listed > MOST_SIGNATURES) {
            return new Rejected(Reason.MALFORMED);
        }
        String time = claim.time();
        if (time == null) {
            return match(claim, null, body);
        }
        if (!SECONDS.matcher(time).matches()) {
            return new Rejected(Reason.MALFORMED);
        }
        Instant timestamp = Instant.ofEpochSecond(Long.parseLong(time));
        Duration age = Duration.ofSeconds(clock.instant().getEpochSecond() - timestamp.getEpochSecond());
        if (age.abs().compareTo(tolerance) > 0) {
            return new Rejected(age.isNegative() ? Reason.TOO_NEW : Reason.TOO_OLD);
        }
        return match(claim, timestamp, body);
    }

    private Verification match(Claim claim, @Nullable Instant timestamp, byte[] body) {
        byte[] prefix = claim.prefix().getBytes(UTF_8);
        for (int i = 0; i < keys.size(); i++) {
            Predicate<String> isOurs = keys.get(i).judge(prefix, body);
            if (claim.signatures().stream().anyMatch(isOurs)) {
                return new Verified(claim.id(), timestamp, i);
            }
        }
        return new Rejected(Reason.NO_MATCH);
    }

    private static @Nullable String find(Map<String, String> headers, String name) {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (name.equalsIgnoreCase(header.getKey())) {
                return header.getValue();
            }
        }
        return null;
    }
}
