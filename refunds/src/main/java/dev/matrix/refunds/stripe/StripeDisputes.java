package dev.matrix.refunds.stripe;

import dev.matrix.core.money.Currencies;
import dev.matrix.refunds.Evidence;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.DisputeLookup;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.DisputeResult;
import dev.matrix.refunds.spi.MultipartForm;
import dev.matrix.refunds.spi.ProviderAnswer;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderAnswer.Missing;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderResult;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Disputes by Stripe. Evidence has Stripe's names ({@code product_description}, {@code customer_communication}, …); files are
 * uploaded first, each for the name that is its kind.
 */
record StripeDisputes(ProviderApi api, ProviderApi files, Map<String, String> headers) implements DisputeProvider {

    static final URI FILES = URI.create("https://files.stripe.com");

    @Override
    public DisputeLookup fetch(String disputeRef, ProviderContext context) {
        ProviderAnswer answer = api.get(context, path(disputeRef), headers);
        if (answer instanceof Missing missing) {
            return new DisputeLookup.Unavailable(missing.cause());
        }
        Answered answered = (Answered) answer;
        if (answered.status() == 404
                && "resource_missing".equals(answered.body().text("error", "code"))) {
            return new DisputeLookup.Absent();
        }
        DisputeFacts facts = facts(answered, context.currencies());
        return facts == null
                ? new DisputeLookup.Unavailable("Stripe answered " + answered.status() + " when asked for the dispute.")
                : new DisputeLookup.Found(facts);
    }

    private static String path(String disputeRef) {
        return ProviderApi.path("v1", "disputes", disputeRef);
    }

    private static @Nullable DisputeFacts facts(Answered answered, Currencies currencies) {
        return answered.isSuccess() ? StripeDisputeReplies.facts(answered.body(), currencies) : null;
    }

    @Override
    public DisputeResult submitEvidence(DisputeCommand command, Evidence evidence, ProviderContext context) {
        Map<String, String> form = new LinkedHashMap<>();
        new TreeMap<>(evidence.texts()).forEach((name, text) -> form.put("evidence[" + name + "]", text));
        for (Evidence.File file : evidence.files()) {
            ProviderAnswer uploaded = upload(file, context);
            if (!(uploaded instanceof Answered answered)) {
                // Nothing was submitted: an upload alone answers no dispute.
                return new DisputeResult.NotExecuted(Attempted.NOT_SENT, ((Missing) uploaded).cause(), null);
            }
            String id = answered.body().text("id");
            if (!answered.isSuccess() || id == null) {
                return refused(answered);
            }
            form.put("evidence[" + file.kind() + "]", id);
        }
        form.put("submit", "true");
        return answer(command, path(command.disputeRef()), form, context);
    }

    private ProviderAnswer upload(Evidence.File file, ProviderContext context) {
        MultipartForm body = MultipartForm.around(file.content());
        body.field("purpose", "text/plain", "dispute_evidence");
        body.file("file", file.name(), file.mediaType(), file.content());
        return files.post(context, "/v1/files", headers, body.contentType(), body.bytes());
    }

    @Override
    public DisputeResult accept(DisputeCommand command, ProviderContext context) {
        return answer(command, path(command.disputeRef()) + "/close", Map.of(), context);
    }

    private DisputeResult answer(
            DisputeCommand command, String path, Map<String, String> form, ProviderContext context) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Idempotency-Key", command.idempotencyKey());
        ProviderAnswer answer = api.postForm(context, path, all, form);
        if (answer instanceof Missing missing) {
            return result(missing.result());
        }
        Answered answered = (Answered) answer;
        DisputeFacts facts = facts(answered, context.currencies());
        return facts != null
                ? new DisputeResult.Taken(facts)
                : answered.isSuccess()
                        ? new DisputeResult.Unknown("Stripe answered with something else than a dispute.")
                        : refused(answered);
    }

    private static DisputeResult refused(Answered answered) {
        return result(StripeReplies.refused(answered));
    }

    private static DisputeResult result(ProviderResult result) {
        if (result instanceof ProviderResult.NotExecuted not) {
            return new DisputeResult.NotExecuted(not.why(), not.message(), not.retryAfter());
        }
        return result instanceof ProviderResult.Declined declined
                ? new DisputeResult.Declined(declined.message())
                : new DisputeResult.Unknown(((ProviderResult.Unknown) result).cause());
    }

    @Override
    public String toString() {
        return "StripeDisputes[" + api + "]";
    }
}
