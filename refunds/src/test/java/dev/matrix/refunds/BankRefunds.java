package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.TransportException;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.NotificationResult;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundFeed;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.Subject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A provider of a bank that tests fake, over HTTP: an idempotent PUT, a look-up by either reference, a cancellation. */
final class BankRefunds implements RefundProvider {

    /** What a provider can get wrong. */
    enum Flaw {
        NONE,
        TIMEOUT_IS_DECLINED,
        ERROR_IS_DECLINED,
        KEY_IS_NEW_EACH_TIME,
        LOOKUP_IGNORES_THE_REFERENCE,
        LOOKUP_PAYS,
        OUTAGE_IS_ABSENT,
        AMOUNT_IS_OMITTED,
        YEN_TIMES_HUNDRED,
        SECRET_IN_TEXT,
        SIGNATURE_UNCHECKED
    }

    static final String SECRET = "bank-secret-key";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Flaw flaw;
    private final ProviderCapabilities capabilities;
    private final @Nullable DisputeProvider disputes;
    private final @Nullable RefundFeed feed;
    private final AtomicInteger calls = new AtomicInteger();

    BankRefunds(Flaw flaw, ProviderCapabilities capabilities) {
        this(flaw, capabilities, null, null);
    }

    private BankRefunds(
            Flaw flaw,
            ProviderCapabilities capabilities,
            @Nullable DisputeProvider disputes,
            @Nullable RefundFeed feed) {
        this.flaw = flaw;
        this.capabilities = capabilities;
        this.disputes = disputes;
        this.feed = feed;
    }

    BankRefunds with(@Nullable DisputeProvider itsDisputes, @Nullable RefundFeed itsFeed) {
        return new BankRefunds(flaw, capabilities, itsDisputes, itsFeed);
    }

    static String signature(byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(SECRET.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Optional<DisputeProvider> disputes() {
        return Optional.ofNullable(disputes);
    }

    @Override
    public Optional<RefundFeed> feed() {
        return Optional.ofNullable(feed);
    }

    @Override
    public NotificationResult interpret(InboundNotification notification, ProviderContext context) {
        boolean signed = notification
                .header("bank-signature")
                .filter(signature(notification.body())::equals)
                .isPresent();
        if (!signed && flaw != Flaw.SIGNATURE_UNCHECKED) {
            return new NotificationResult.Rejected("The signature is not the bank's.");
        }
        String event = "";
        Instant at = Instant.MIN;
        List<Subject> subjects = new ArrayList<>();
        for (String field : new String(notification.body(), StandardCharsets.UTF_8).split(";", -1)) {
            String[] parts = field.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            String[] refs = value.split(",", -1);
            if (parts[0].equals("event")) {
                event = value;
            } else if (parts[0].equals("at")) {
                at = Instant.parse(value);
            } else if (parts[0].equals("refund")) {
                subjects.add(new Subject.RefundSubject(none(refs[0]), none(refs[1]), none(refs[2])));
            } else if (parts[0].equals("dispute")) {
                subjects.add(new Subject.DisputeSubject(refs[0], none(refs[1])));
            }
        }
        return at.plus(Duration.ofDays(1)).isBefore(context.clock().instant())
                ? new NotificationResult.Rejected("It is too old.")
                : new NotificationResult.Verified(event, at, subjects);
    }

    private static @Nullable String none(String ref) {
        return ref.isEmpty() ? null : ref;
    }

    static BankRefunds sound() {
        return new BankRefunds(Flaw.NONE, usual());
    }

    static ProviderCapabilities usual() {
        return ProviderCapabilities.defaults()
                .withCurrency("EUR", 2)
                .withCurrency("USD", 2)
                .withCurrency("JPY", 0)
                .withKeyLifetime(Duration.ofHours(24))
                .withCancel()
                .withLateFailure();
    }

    @Override
    public String name() {
        return "bank";
    }

    @Override
    public ProviderCapabilities capabilities() {
        return capabilities;
    }

    private HttpCall call(String method, String path, String body, String key) {
        return new HttpCall(
                method,
                URI.create("https://bank.example" + path),
                Map.of("Authorization", List.of("Bearer " + SECRET), "Idempotency-Key", List.of(key)),
                body.getBytes(StandardCharsets.UTF_8),
                TIMEOUT,
                1 << 16,
                new HttpCall.Reach.Any());
    }

    @Override
    public ProviderResult submit(RefundCommand command, ProviderContext context) {
        String key = flaw == Flaw.KEY_IS_NEW_EACH_TIME
                ? command.idempotencyKey() + "-" + calls.incrementAndGet()
                : command.idempotencyKey();
        Money amount = flaw == Flaw.YEN_TIMES_HUNDRED
                        && command.amount().currency().code().equals("JPY")
                ? command.amount().times(100)
                : command.amount();
        String body = "own=" + command.ownReference() + ";capture=" + command.captureRef()
                + (flaw == Flaw.AMOUNT_IS_OMITTED ? "" : ";amount=" + amount);
        HttpReply reply;
        try {
            reply = context.transport().call(call("PUT", "/refunds/" + command.ownReference(), body, key));
        } catch (TransportException lost) {
            if (flaw == Flaw.TIMEOUT_IS_DECLINED) {
                return new ProviderResult.Declined(DeclineCode.REJECTED, "Timeout.", null, ProviderFacts.none());
            }
            return lost.sent()
                    ? new ProviderResult.Unknown("The bank did not answer.")
                    : new ProviderResult.NotExecuted(Attempted.NOT_SENT, "The bank was not reached.", null);
        }
        return switch (reply.status()) {
            case 200, 201 ->
                state(reply)
                        .<ProviderResult>map(known -> known)
                        .orElseGet(() -> new ProviderResult.Unknown("The bank's answer can't be read."));
            case 401 ->
                new ProviderResult.NotExecuted(
                        Attempted.CONFIGURATION,
                        "The bank refuses the key" + (flaw == Flaw.SECRET_IN_TEXT ? " " + SECRET : "") + ".",
                        null);
            case 429 ->
                new ProviderResult.NotExecuted(
                        Attempted.RATE_LIMITED, "The bank asks for patience.", Duration.ofSeconds(30));
            case 422 ->
                new ProviderResult.Declined(
                        DeclineCode.NOT_REFUNDABLE, "The bank says no.", null, ProviderFacts.none());
            default ->
                flaw == Flaw.ERROR_IS_DECLINED
                        ? new ProviderResult.Declined(DeclineCode.REJECTED, "Error.", null, ProviderFacts.none())
                        : new ProviderResult.Unknown("The bank answered " + reply.status() + ".");
        };
    }

    private static Optional<ProviderResult.Known> state(HttpReply reply) {
        Map<String, String> fields = new HashMap<>();
        for (String field : new String(reply.body(), StandardCharsets.UTF_8).split(";", -1)) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        String id = fields.get("id");
        String amount = fields.get("amount");
        String status = fields.get("status");
        if (id == null || amount == null || status == null) {
            return Optional.empty();
        }
        ProviderFacts facts = new ProviderFacts(
                Money.parse(amount), null, null, null, "trace-" + id, status, fields.get("own"), fields.get("capture"));
        return Optional.of(
                switch (status) {
                    case "settled" -> new ProviderResult.Succeeded(id, facts);
                    case "failed" -> new ProviderResult.Declined(DeclineCode.REJECTED, "It failed.", id, facts);
                    case "cancelled" -> new ProviderResult.Declined(DeclineCode.CANCELLED, "Cancelled.", id, facts);
                    default -> new ProviderResult.Pending(id, null, null, facts);
                });
    }

    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        String own = flaw == Flaw.LOOKUP_IGNORES_THE_REFERENCE
                ? "any"
                : probe.providerRef() == null ? probe.ownReference() : "id/" + probe.providerRef();
        HttpReply reply;
        try {
            if (flaw == Flaw.LOOKUP_PAYS) {
                String body = "own=" + own + ";capture=" + probe.captureRef() + ";amount=" + probe.amount();
                context.transport().call(call("PUT", "/refunds/" + own, body, own));
            }
            reply = context.transport().call(call("GET", "/refunds/" + own, "", own));
        } catch (TransportException lost) {
            return flaw == Flaw.OUTAGE_IS_ABSENT
                    ? new LookupResult.Absent()
                    : new LookupResult.Unavailable("The bank did not answer.");
        }
        if (reply.status() == 404) {
            return new LookupResult.Absent();
        }
        return reply.status() == 200
                ? state(reply)
                        .<LookupResult>map(LookupResult.Found::new)
                        .orElseGet(() -> new LookupResult.Unavailable("The bank's answer can't be read."))
                : new LookupResult.Unavailable("The bank answered " + reply.status() + ".");
    }

    @Override
    public ProviderResult cancel(RefundProbe probe, ProviderContext context) {
        context.transport().call(call("DELETE", "/refunds/" + probe.ownReference(), "", probe.ownReference()));
        return new ProviderResult.Unknown("The look-up tells.");
    }

    @Override
    public String toString() {
        return "BankRefunds";
    }
}
