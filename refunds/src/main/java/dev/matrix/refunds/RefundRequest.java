package dev.matrix.refunds;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.idempotency.IdempotentCall;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refund to make. Immutable; starts with {@link #of}.
 *
 * @param idempotencyKey the caller's, new for each thing to be done: 1 to 255 visible ASCII characters
 * @param note for people, at most 500 characters; required for {@link RefundReason#OTHER}
 * @param requestedBy who asks; he can't approve it
 * @param captureId the capture to take it from; null: the oldest first
 * @param destination where it goes, for providers that need to be told; null: back to the original method
 * @param via another provider than the payment's, such as {@code account_credit}; null: the payment's
 * @param executeAt when it starts, up to a year ahead; null: at once
 * @param options for the provider, by names that its capabilities list
 * @param metadata the host's, at most 20 texts of 500 characters
 */
public record RefundRequest(
        String paymentId,
        RefundAmount amount,
        RefundReason reason,
        String idempotencyKey,
        @Nullable String note,
        @Nullable String requestedBy,
        @Nullable String captureId,
        @Nullable RefundDestination destination,
        @Nullable String via,
        @Nullable Instant executeAt,
        Map<String, String> options,
        Map<String, String> metadata) {

    private static final int LONGEST_NOTE = 500;
    private static final int MOST_METADATA = 20;

    /** @throws InvalidRequestException where a part doesn't have its form; the message names it */
    public RefundRequest {
        Checks.text(paymentId, 128, "A payment's id");
        requireNonNull(amount, "amount");
        requireNonNull(reason, "reason");
        Checks.that(IdempotentCall.isKey(idempotencyKey), "An idempotency key has 1 to 255 visible ASCII characters.");
        Checks.optionalText(note, LONGEST_NOTE, "A refund's note");
        Checks.that(
                reason != RefundReason.OTHER || note != null, "A refund for another reason has a note that says it.");
        Checks.optionalText(requestedBy, 128, "A refund's requestedBy");
        Checks.optionalText(captureId, 128, "A refund's captureId");
        if (via != null) {
            Checks.provider(via);
        }
        options = Map.copyOf(options);
        metadata = Map.copyOf(metadata);
        Checks.texts(options, MOST_METADATA, LONGEST_NOTE, "A refund's options");
        Checks.texts(metadata, MOST_METADATA, LONGEST_NOTE, "A refund's metadata");
    }

    /** A refund to the original method, at once. */
    public static RefundRequest of(String paymentId, RefundAmount amount, RefundReason reason, String idempotencyKey) {
        return new RefundRequest(
                paymentId, amount, reason, idempotencyKey, null, null, null, null, null, null, Map.of(), Map.of());
    }

    /** What a refund amounts to that was made at the provider. */
    static RefundRequest outside(String paymentId, Money amount, String key) {
        return new RefundRequest(
                paymentId,
                new RefundAmount.Exact(amount),
                RefundReason.OTHER,
                key,
                "Made at the provider.",
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                Map.of());
    }

    /** This request with a note for people. */
    public RefundRequest withNote(@Nullable String text) {
        return new RefundRequest(
                paymentId,
                amount,
                reason,
                idempotencyKey,
                text,
                requestedBy,
                captureId,
                destination,
                via,
                executeAt,
                options,
                metadata);
    }

    /** This request, asked for by somebody. */
    public RefundRequest requestedBy(@Nullable String actor) {
        return new RefundRequest(
                paymentId,
                amount,
                reason,
                idempotencyKey,
                note,
                actor,
                captureId,
                destination,
                via,
                executeAt,
                options,
                metadata);
    }

    /** This request, from one capture. */
    public RefundRequest fromCapture(@Nullable String id) {
        return new RefundRequest(
                paymentId,
                amount,
                reason,
                idempotencyKey,
                note,
                requestedBy,
                id,
                destination,
                via,
                executeAt,
                options,
                metadata);
    }

    /** This request to a destination. It is sealed at rest and shown nowhere. */
    public RefundRequest to(@Nullable RefundDestination where) {
        return new RefundRequest(
                paymentId,
                amount,
                reason,
                idempotencyKey,
                note,
                requestedBy,
                captureId,
                where,
                via,
                executeAt,
                options,
                metadata);
    }

    /** This request without what an erasure empties. */
    RefundRequest erased() {
        return new RefundRequest(
                paymentId,
                amount,
                reason,
                idempotencyKey,
                note == null ? null : "erased",
                requestedBy,
                captureId,
                null,
                via,
                executeAt,
                options,
                Map.of());
    }

    /** This request by another provider. */
    public RefundRequest via(@Nullable String provider) {
        return new RefundRequest(
                paymentId,
                amount,
                reason,
                idempotencyKey,
                note,
                requestedBy,
                captureId,
                destination,
                provider,
                executeAt,
                options,
                metadata);
    }

    /** This request, to start at a time. */
    public RefundRequest executeAt(@Nullable Instant time) {
        return new RefundRequest(
                paymentId,
                amount,
                reason,
                idempotencyKey,
                note,
                requestedBy,
                captureId,
                destination,
                via,
                time,
                options,
                metadata);
    }

    /** This request with options for the provider. */
    public RefundRequest withOptions(Map<String, String> byName) {
        return new RefundRequest(
                paymentId,
                amount,
                reason,
                idempotencyKey,
                note,
                requestedBy,
                captureId,
                destination,
                via,
                executeAt,
                byName,
                metadata);
    }

    /** This request with the host's metadata. */
    public RefundRequest withMetadata(Map<String, String> byName) {
        return new RefundRequest(
                paymentId,
                amount,
                reason,
                idempotencyKey,
                note,
                requestedBy,
                captureId,
                destination,
                via,
                executeAt,
                options,
                byName);
    }
}
