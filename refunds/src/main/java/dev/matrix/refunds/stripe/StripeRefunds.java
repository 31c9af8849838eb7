package dev.matrix.refunds.stripe;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currencies;
import dev.matrix.refunds.InboundNotification;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.NotificationResult;
import dev.matrix.refunds.spi.ProviderAnswer;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderAnswer.Missing;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundFeed;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Refunds by Stripe, over its HTTP API. A capture's reference is a payment intent ({@code pi_…}) or a charge ({@code ch_…}, {@code
 * py_…}); a capture made for a connected account names it in its data under {@value #ACCOUNT}. Each refund carries the leg's id in
 * its metadata, so a refund whose outcome isn't known is found again. Immutable, thread-safe.
 *
 * <p>It takes the options {@code refund_application_fee}, {@code reverse_transfer} and {@code instructions_email} of Stripe's.
 */
public final class StripeRefunds implements RefundProvider {

    /** Where a capture's data names the connected account that it belongs to. */
    public static final String ACCOUNT = "stripe_account";

    /** The version of the API that is asked for, whatever the account's own is. */
    public static final String API_VERSION = "2025-04-30.basil";

    private static final URI ADDRESS = URI.create("https://api.stripe.com");
    private static final Set<String> OPTIONS =
            Set.of("refund_application_fee", "reverse_transfer", "instructions_email");
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 100;
    private static final ProviderCapabilities CAPABILITIES = capable();

    private final String name;
    private final ProviderApi api;
    private final @Nullable String account;
    private final StripeSignature signature;

    private StripeRefunds(String name, ProviderApi api, @Nullable String account, StripeSignature signature) {
        this.name = name;
        this.api = api;
        this.account = account;
        this.signature = signature;
    }

    private static ProviderCapabilities capable() {
        ProviderCapabilities all = ProviderCapabilities.defaults();
        for (Map.Entry<String, Integer> currency : StripeCurrencies.decimals().entrySet()) {
            if (Currencies.iso().find(currency.getKey()).isPresent()) {
                all = all.withCurrency(currency.getKey(), currency.getValue());
            }
        }
        return all.withKeyLifetime(Duration.ofHours(24))
                .withCancel()
                .withLateFailure()
                .withOptions(OPTIONS);
    }

    /**
     * Stripe with this key, secret ({@code sk_…}) or restricted ({@code rk_…}) with the rights to write refunds and disputes and to
     * read balance transactions.
     */
    public static StripeRefunds withKey(String key) {
        if (requireNonNull(key, "key").isBlank() || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidRequestException("A key of Stripe's is one word of visible ASCII, such as rk_live_….");
        }
        return new StripeRefunds("stripe", authorised(ADDRESS, key), null, StripeSignature.of(List.of()));
    }

    private static ProviderApi authorised(URI address, String key) {
        return ProviderApi.at(address)
                .withHeader("Authorization", "Bearer " + key)
                .withHeader("Stripe-Version", API_VERSION);
    }

    /** Another name than {@code stripe}, where a Matrix refunds by two accounts. */
    public StripeRefunds named(String other) {
        return new StripeRefunds(requireNonNull(other, "other"), api, account, signature);
    }

    /** For this connected account ({@code acct_…}), unless a capture's data names another. */
    public StripeRefunds forAccount(String connected) {
        return new StripeRefunds(name, api, requireNonNull(connected, "connected"), signature);
    }

    /**
     * Takes notifications that are signed with one of these secrets ({@code whsec_…}); several while one is being replaced. Without
     * any, notifications are rejected.
     */
    public StripeRefunds notifiedWith(String... secrets) {
        return new StripeRefunds(name, api, account, StripeSignature.of(List.of(secrets)));
    }

    /** At another address, such as a mock's on this machine. */
    public StripeRefunds at(URI address) {
        return new StripeRefunds(name, api.movedTo(address), account, signature);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProviderCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public ProviderResult submit(RefundCommand command, ProviderContext context) {
        String target = target(command.captureRef());
        if (target == null) {
            return new ProviderResult.NotExecuted(
                    Attempted.CONFIGURATION,
                    "A capture of Stripe's is a pi_…, ch_… or py_…; this one is none, so nothing was sent.",
                    null);
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put(target, command.captureRef());
        form.put("amount", StripeCurrencies.integer(command.amount()));
        switch (command.reason()) {
            case DUPLICATE -> form.put("reason", "duplicate");
            case FRAUDULENT -> form.put("reason", "fraudulent");
            case CUSTOMER_REQUEST -> form.put("reason", "requested_by_customer");
            // Stripe knows no other reason.
            default -> {}
        }
        form.put("metadata[" + StripeReplies.OWN_REFERENCE + "]", command.ownReference());
        form.put("metadata[matrix_refund]", command.refundId());
        form.put("metadata[matrix_payment]", command.paymentId());
        form.put("expand[]", "balance_transaction");
        form.putAll(new TreeMap<>(command.options()));
        Map<String, String> headers = headers(command.captureData());
        headers.put("Idempotency-Key", command.idempotencyKey());
        ProviderAnswer answer = api.postForm(context, "/v1/refunds", headers, form);
        return result(answer, context.currencies());
    }

    private static ProviderResult result(ProviderAnswer answer, Currencies currencies) {
        if (answer instanceof Missing missing) {
            return missing.result();
        }
        Answered answered = (Answered) answer;
        if (!answered.isSuccess()) {
            return StripeReplies.refused(answered);
        }
        ProviderResult.Known state = StripeReplies.state(answered.body(), currencies);
        return state == null
                ? new ProviderResult.Unknown(
                        "Stripe answered " + answered.status() + " with something else than a refund.")
                : state;
    }

    /** Under which name Stripe takes a capture; null where it can't be one of Stripe's. */
    private static @Nullable String target(@Nullable String captureRef) {
        if (captureRef == null) {
            return null;
        }
        return captureRef.startsWith("pi_")
                ? "payment_intent"
                : captureRef.startsWith("ch_") || captureRef.startsWith("py_") ? "charge" : null;
    }

    private Map<String, String> headers(Map<String, String> captureData) {
        Map<String, String> headers = new LinkedHashMap<>();
        String connected = captureData.getOrDefault(ACCOUNT, account == null ? "" : account);
        if (!connected.isEmpty()) {
            headers.put("Stripe-Account", connected);
        }
        return headers;
    }

    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        String ref = probe.providerRef();
        if (ProviderApi.isReference(ref)) {
            return byId(requireNonNull(ref), probe, context);
        }
        String target = target(probe.captureRef());
        return target == null || probe.captureRef() == null
                ? new LookupResult.Unavailable(
                        "Stripe finds a refund by its own id or by its capture; neither is known.")
                : byCapture(target, probe.captureRef(), probe, context);
    }

    private LookupResult byId(String ref, RefundProbe probe, ProviderContext context) {
        String path = ProviderApi.path("v1", "refunds", ref) + "?"
                + ProviderApi.form(Map.of("expand[]", "balance_transaction"));
        ProviderAnswer answer = api.get(context, path, headers(probe.captureData()));
        if (answer instanceof Missing missing) {
            return missing.lookup();
        }
        Answered answered = (Answered) answer;
        if (answered.status() == 404
                && "resource_missing".equals(answered.body().text("error", "code"))) {
            return new LookupResult.Absent();
        }
        ProviderResult.Known state =
                answered.isSuccess() ? StripeReplies.state(answered.body(), context.currencies()) : null;
        return state == null ? unreadable(answered) : new LookupResult.Found(state);
    }

    /** Pages through a capture's refunds; there are few, and the one that carries the reference is the one. */
    private LookupResult byCapture(String target, String captureRef, RefundProbe probe, ProviderContext context) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put(target, captureRef);
        query.put("limit", Integer.toString(PAGE));
        query.put("expand[]", "data.balance_transaction");
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            ProviderAnswer answer =
                    api.get(context, "/v1/refunds?" + ProviderApi.form(query), headers(probe.captureData()));
            if (answer instanceof Missing missing) {
                return missing.lookup();
            }
            Answered answered = (Answered) answer;
            if (!answered.isSuccess() || !"list".equals(answered.body().text("object"))) {
                return unreadable(answered);
            }
            List<JsonFields> refunds = answered.body().list("data");
            for (JsonFields refund : refunds) {
                if (probe.ownReference().equals(refund.text("metadata", StripeReplies.OWN_REFERENCE))) {
                    ProviderResult.Known state = StripeReplies.state(refund, context.currencies());
                    return state == null ? unreadable(answered) : new LookupResult.Found(state);
                }
            }
            String last =
                    refunds.isEmpty() ? null : refunds.get(refunds.size() - 1).text("id");
            if (!answered.body().isTrue("has_more")) {
                return new LookupResult.Absent();
            }
            if (last == null) {
                return unreadable(answered);
            }
            query.put("starting_after", last);
        }
        return new LookupResult.Unavailable("The capture has more than " + PAGE * MOST_PAGES + " refunds at Stripe.");
    }

    private static LookupResult unreadable(Answered answered) {
        String code = answered.body().text("error", "code");
        return new LookupResult.Unavailable("Stripe answered " + answered.status() + (code == null ? "" : ": " + code)
                + " when asked for the refund.");
    }

    @Override
    public ProviderResult cancel(RefundProbe probe, ProviderContext context) {
        String ref = probe.providerRef();
        if (!ProviderApi.isReference(ref)
                && lookup(probe, context) instanceof LookupResult.Found found
                && found.state() instanceof ProviderResult.Pending pending) {
            ref = pending.providerRef();
        }
        if (ref == null || !ProviderApi.isReference(ref)) {
            return new ProviderResult.Unknown("Stripe cancels a refund by its own id, which isn't known.");
        }
        Map<String, String> headers = headers(probe.captureData());
        headers.put("Idempotency-Key", probe.ownReference() + ".cancel");
        ProviderAnswer answer =
                api.postForm(context, ProviderApi.path("v1", "refunds", ref, "cancel"), headers, Map.of());
        return result(answer, context.currencies());
    }

    @Override
    public NotificationResult interpret(InboundNotification notification, ProviderContext context) {
        String refusal = signature.problem(notification, context.clock().instant());
        return refusal == null ? StripeEvents.read(notification.body()) : new NotificationResult.Rejected(refusal);
    }

    @Override
    public Optional<DisputeProvider> disputes() {
        return Optional.of(new StripeDisputes(api, files(), headers(Map.of())));
    }

    /** Files have an address of their own at Stripe; elsewhere, as at a mock, all is in one place. */
    private ProviderApi files() {
        return api.isAt(ADDRESS) ? api.movedTo(StripeDisputes.FILES) : api;
    }

    @Override
    public Optional<RefundFeed> feed() {
        return Optional.of((from, cursor, context) -> StripeEvents.page(api.get(
                context, "/v1/refunds?" + ProviderApi.form(StripeEvents.query(from, cursor)), headers(Map.of()))));
    }

    /** The name and the address; no key. */
    @Override
    public String toString() {
        return "StripeRefunds[" + name + ", " + api + "]";
    }
}
