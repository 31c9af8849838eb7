package dev.matrix.refunds.paypal;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.Evidence;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Disputes by PayPal. Each text of the evidence has PayPal's {@code evidence_type} as its name, such as {@code
 * PROOF_OF_FULFILLMENT}, and becomes that evidence's notes; files go with it. PayPal answers with links alone, so what became of
 * an answer is read by a fetch.
 */
record PayPalDisputes(PayPalApi api) implements DisputeProvider {

    @Override
    public DisputeLookup fetch(String disputeRef, ProviderContext context) {
        ProviderAnswer answer = api.get(context, ProviderApi.path("v1", "customer", "disputes", disputeRef));
        if (answer instanceof Missing missing) {
            return new DisputeLookup.Unavailable(missing.cause());
        }
        Answered answered = (Answered) answer;
        if (answered.status() == 404 && answered.body().text("name") != null) {
            return new DisputeLookup.Absent();
        }
        DisputeFacts facts =
                answered.isSuccess() ? PayPalDisputeReplies.facts(answered.body(), context.currencies()) : null;
        return facts == null
                ? new DisputeLookup.Unavailable("PayPal answered " + answered.status() + " when asked for the dispute.")
                : new DisputeLookup.Found(facts);
    }

    @Override
    public DisputeResult submitEvidence(DisputeCommand command, Evidence evidence, ProviderContext context) {
        List<Json> items = new ArrayList<>();
        new TreeMap<>(evidence.texts())
                .forEach((type, notes) -> items.add(
                        new JsonObject(Map.of("evidence_type", new JsonString(type), "notes", new JsonString(notes)))));
        if (items.isEmpty()) {
            items.add(new JsonObject(Map.of("evidence_type", new JsonString("OTHER"))));
        }
        byte[] input = ProviderApi.json(new JsonObject(Map.of("evidences", new JsonArray(items))));
        MultipartForm form = MultipartForm.around(
                evidence.files().stream().map(Evidence.File::content).toArray(byte[][]::new));
        form.field("input", "application/json", new String(input, StandardCharsets.UTF_8));
        int no = 1;
        for (Evidence.File file : evidence.files()) {
            form.file("file" + no++, file.name(), file.mediaType(), file.content());
        }
        ProviderAnswer answer = api.post(
                context,
                path(command, "provide-evidence"),
                Map.of("PayPal-Request-Id", command.idempotencyKey()),
                form.contentType(),
                form.bytes());
        return result(answer);
    }

    @Override
    public DisputeResult accept(DisputeCommand command, ProviderContext context) {
        return send(command, "accept-claim", new LinkedHashMap<>(), context);
    }

    @Override
    public DisputeResult offer(DisputeCommand command, Money amount, ProviderContext context) {
        Map<String, Json> body = new LinkedHashMap<>();
        body.put("offer_type", new JsonString("REFUND"));
        body.put("offer_amount", PayPalRefunds.amount(amount));
        return send(command, "make-offer", body, context);
    }

    private DisputeResult send(DisputeCommand command, String action, Map<String, Json> body, ProviderContext context) {
        String note = command.note();
        body.put("note", new JsonString(note == null ? "Answered by the merchant." : note));
        Map<String, String> headers = Map.of("PayPal-Request-Id", command.idempotencyKey());
        return result(api.post(context, path(command, action), headers, new JsonObject(body)));
    }

    private static String path(DisputeCommand command, String action) {
        return ProviderApi.path("v1", "customer", "disputes", command.disputeRef(), action);
    }

    private static DisputeResult result(ProviderAnswer answer) {
        if (answer instanceof Answered answered && answered.isSuccess()) {
            return new DisputeResult.Pending();
        }
        ProviderResult result =
                answer instanceof Missing missing ? missing.result() : PayPalReplies.refused((Answered) answer);
        if (result instanceof ProviderResult.NotExecuted not) {
            return new DisputeResult.NotExecuted(not.why(), not.message(), not.retryAfter());
        }
        return result instanceof ProviderResult.Declined declined
                ? new DisputeResult.Declined(declined.message())
                : new DisputeResult.Unknown(((ProviderResult.Unknown) result).cause());
    }

    @Override
    public String toString() {
        return "PayPalDisputes[" + api + "]";
    }
}
