package dev.matrix.refunds.spi;

import dev.matrix.core.Owner;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.RefundLegStore.LegRow;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.math.BigDecimal;
import java.time.Instant;

/** Rows for the contracts of stores. */
final class Rows {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final Owner ALICE = Owner.user("alice");
    static final Owner BOB = Owner.partner("bob");

    private Rows() {}

    static BigDecimal amount(String text) {
        return new BigDecimal(text);
    }

    static PaymentRow payment(String id, Owner owner, String captured) {
        return new PaymentRow(
                id,
                owner,
                "USD",
                amount(captured),
                amount("0"),
                amount("0"),
                amount("0"),
                amount("0"),
                amount("0"),
                "sub_1",
                NOW,
                "",
                "{}",
                1);
    }

    static RefundRow refund(String id, Owner owner, String key, String payment) {
        return new RefundRow(
                id,
                owner,
                "host",
                key,
                new byte[] {1, 2},
                payment,
                "USD",
                amount("5"),
                amount("1"),
                "duplicate",
                "queued",
                "",
                null,
                NOW,
                "{}",
                1);
    }

    static LegRow leg(String id, Owner owner, String payment, String capture, boolean serial) {
        return new LegRow(
                id,
                "ref_" + id,
                payment,
                owner,
                capture,
                "bank",
                "USD",
                amount("5"),
                amount("1"),
                "queued",
                null,
                NOW,
                null,
                0,
                serial,
                "{}");
    }
}
