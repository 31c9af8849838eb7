package dev.matrix.refunds.stripe;

import dev.matrix.core.ProviderException;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.NotificationResult;
import dev.matrix.refunds.spi.ProviderAnswer;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.RefundFeed.FeedPage;
import dev.matrix.refunds.spi.Subject;
import dev.matrix.refunds.spi.Subject.DisputeSubject;
import dev.matrix.refunds.spi.Subject.RefundSubject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Stripe's events and lists of refunds name (docs.stripe.com/api/events). */
final class StripeEvents {

    private static final int PAGE = 100;

    private StripeEvents() {}

    /** Reads an event whose signature was verified. */
    static NotificationResult read(byte[] body) {
        JsonFields event = ProviderApi.read(body);
        String id = event == null ? null : event.text("id");
        String type = event == null ? null : event.text("type");
        Instant created = event == null ? null : StripeReplies.instant(event.number("created"));
        if (event == null || id == null || type == null || created == null) {
            return new NotificationResult.Rejected("The body is no event of Stripe's.");
        }
        JsonFields object = event.fields("data", "object");
        return new NotificationResult.Verified(
                id, created, object == null ? List.of() : List.copyOf(subjects(type, object)));
    }

    private static List<? extends Subject> subjects(String type, JsonFields object) {
        if (type.startsWith("charge.dispute.")) {
            String ref = object.text("id");
            List<String> captures = captures(object.text("payment_intent"), object.text("charge"));
            return ref == null
                    ? List.of()
                    : captures.isEmpty()
                            ? List.of(new DisputeSubject(ref, null))
                            : captures.stream()
                                    .<Subject>map(capture -> new DisputeSubject(ref, capture))
                                    .toList();
        }
        return switch (type) {
            case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" -> refund(object);
            // Since API 2022-11-15 a charge lists its refunds no more, and each refund has an event of its own.
            case "charge.refunded" ->
                object.list("refunds", "data").stream()
                        .flatMap(refund -> refund(refund).stream())
                        .toList();
            default -> List.of();
        };
    }

    private static List<RefundSubject> refund(JsonFields refund) {
        String own = StripeReplies.own(refund);
        String ref = refund.text("id");
        return ref == null
                ? List.of()
                : captures(refund.text("payment_intent"), refund.text("charge")).stream()
                        .map(capture -> new RefundSubject(own, ref, capture))
                        .toList();
    }

    /** A capture may be known by its payment intent or by its charge. */
    private static List<String> captures(@Nullable String intent, @Nullable String charge) {
        return Stream.of(intent, charge).filter(Objects::nonNull).toList();
    }

    static Map<String, String> query(Instant from, @Nullable String cursor) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("created[gte]", Long.toString(from.getEpochSecond()));
        query.put("limit", Integer.toString(PAGE));
        if (cursor != null) {
            query.put("starting_after", cursor);
        }
        return query;
    }

    static FeedPage page(ProviderAnswer answer) {
        if (!(answer instanceof Answered answered)
                || !answered.isSuccess()
                || !"list".equals(answered.body().text("object"))) {
            throw new ProviderException(
                    answer instanceof ProviderAnswer.Missing missing
                            ? missing.cause()
                            : "Stripe didn't list its refunds.");
        }
        List<JsonFields> refunds = answered.body().list("data");
        List<RefundSubject> subjects =
                refunds.stream().flatMap(refund -> refund(refund).stream()).toList();
        String last = refunds.isEmpty() ? null : refunds.get(refunds.size() - 1).text("id");
        return new FeedPage(subjects, answered.body().isTrue("has_more") ? last : null);
    }
}
