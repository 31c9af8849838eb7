package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.TransportException;
import dev.matrix.webhooks.spi.DeliveryRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Deliveries under way, and how their requests may end. */
final class RequestRows {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private RequestRows() {}

    static RandomGenerator seeded(long seed) {
        return new Random(seed);
    }

    static DeliveryRow fresh() {
        return row(DeliveryState.QUEUED, Trigger.EVENT, 0);
    }

    /** A delivery of which so many attempts have counted; the first request began at {@link #START}. */
    static DeliveryRow tried(int attempts) {
        return row(DeliveryState.RETRYING, Trigger.EVENT, attempts);
    }

    static DeliveryRow row(DeliveryState state, Trigger trigger, int attempts) {
        Delivery delivery = new Delivery(
                "whd_1",
                "whe_1",
                "evt_1",
                "invoice.paid",
                "inv_1",
                state,
                trigger,
                3,
                attempts,
                2,
                START.minusSeconds(1),
                null,
                null,
                null,
                null,
                null);
        return new DeliveryRow(Owner.user("u_1"), delivery, attempts, attempts == 0 ? null : START);
    }

    /** The row that the next request of a delivery starts from. */
    static DeliveryRow next(DeliveryRow row, Verdict verdict, Instant now) {
        Instant first = row.firstRequestAt() == null ? now : row.firstRequestAt();
        return new DeliveryRow(Owner.user("u_1"), verdict.after(), row.requests() + 1, first);
    }

    static HttpReply reply(int status) {
        return reply(status, Map.of(), HttpReply.End.COMPLETE);
    }

    static HttpReply reply(int status, String header, String value) {
        return reply(status, Map.of(header, List.of(value)), HttpReply.End.COMPLETE);
    }

    static HttpReply reply(int status, Map<String, List<String>> headers, HttpReply.End end) {
        return new HttpReply(status, headers, new byte[0], end, "192.0.2.1", HttpReply.Timing.NONE);
    }

    static TransportException failure(TransportException.Kind kind) {
        return new TransportException(kind, true, "receiver.example: " + kind, null);
    }

    /** The verdict on a fresh delivery whose request was answered by a status. */
    static Verdict status(int status) {
        return new OutcomeRules(fresh(), RetryPolicy.standard(), START, seeded(1)).judge(reply(status));
    }

    /** The verdict on a fresh delivery whose request got no reply. */
    static Verdict error(TransportException.Kind kind) {
        return new OutcomeRules(fresh(), RetryPolicy.standard(), START, seeded(1)).judge(failure(kind));
    }

    static Instant due(Verdict verdict) {
        Instant due = verdict.after().dueAt();
        if (due == null) {
            throw new AssertionError("Not due again: " + verdict);
        }
        return due;
    }
}
