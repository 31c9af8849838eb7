package dev.matrix.refunds;

import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.wire.Length;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where providers send what they tell unasked. Anybody may post here: the signature says who it was, not a key. */
record NotificationOperations(StoredRefunds refunds) {

    private static final int LARGEST = 512 << 10;

    /** Which provider it is said to come from. */
    record ReceiveNotification(@Length(min = 2, max = 32) String name) {}

    List<Operation<?, ?>> all() {
        return List.of(Operation.post("/v1/providers/{name}/notifications", ReceiveNotification.class, Reply.none())
                .id("receiveProviderNotification")
                .tag("refunds")
                .summary(
                        "Takes a notification of a payment provider, with its signature; the body is the provider's own.")
                .anonymous("Providers have no keys here: they sign what they send.")
                .status(200)
                .key(KeyMode.UNUSED)
                .rate("notifications")
                .rawBody()
                .maxBody(LARGEST)
                .error("notification_rejected", 400, "The notification isn't the provider's, or is too old")
                .error("notification_unverifiable", 503, "The notification can't be verified now")
                .example("unsigned", new ReceiveNotification("manual"), null)
                .handle(this::receive));
    }

    private @Nullable Void receive(ReceiveNotification q, ApiContext context) {
        InboundNotification notification =
                new InboundNotification(byName(context.headers()), context.rawBody(), context.now());
        NotificationReceipt receipt = refunds.receive(q.name(), notification);
        if (receipt instanceof NotificationReceipt.Rejected rejected) {
            throw ApiProblem.of(400, "notification_rejected", rejected.reason());
        }
        if (receipt instanceof NotificationReceipt.Unverifiable) {
            throw ApiProblem.of(
                    503, "notification_unverifiable", "The notification can't be verified now; send it again later.");
        }
        return null;
    }

    private static Map<String, List<String>> byName(ApiHeaders headers) {
        Map<String, List<String>> values = new HashMap<>();
        for (ApiHeaders.Line line : headers.lines()) {
            values.computeIfAbsent(line.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.value());
        }
        return values;
    }
}
