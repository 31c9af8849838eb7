package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.idempotency.IdempotentCall;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.RefundLegStore.LegRow;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows to values and back. */
record Forms(JsonCodec json, Currencies currencies) {

    /** What a request asks for: absent and empty parts are left out, so that newer parts change no fingerprint. */
    private record Print(
            String paymentId,
            RefundAmount amount,
            RefundReason reason,
            @Nullable String note,
            @Nullable String captureId,
            @Nullable String via,
            @Nullable Instant executeAt,
            @Nullable Map<String, String> options,
            @Nullable Map<String, String> metadata) {}

    /** What a payment was first recorded from. */
    private record Input(
            Owner owner,
            String provider,
            List<String> refs,
            Money captured,
            Money tax,
            @Nullable String taxReference) {}

    byte[] fingerprint(Owner owner, RefundRequest q) {
        Print print = new Print(
                q.paymentId(),
                q.amount(),
                q.reason(),
                q.note(),
                q.captureId(),
                q.via(),
                q.executeAt(),
                q.options().isEmpty() ? null : q.options(),
                q.metadata().isEmpty() ? null : q.metadata());
        return IdempotentCall.of(owner, "createRefund", q.idempotencyKey(), json.parse(json.encode(print)))
                .fingerprint();
    }

    String input(PaymentDraft draft) {
        List<String> refs = draft.captures().stream().map(Capture::ref).toList();
        Input input =
                new Input(draft.owner(), draft.provider(), refs, draft.captured(), draft.tax(), draft.taxReference());
        byte[] print = IdempotentCall.of(draft.owner(), "recordPayment", "input", json.parse(json.encode(input)))
                .fingerprint();
        return HexFormat.of().formatHex(print);
    }

    String text(Object value) {
        return new String(json.encode(value), StandardCharsets.UTF_8);
    }

    private <T> T read(String text, Class<T> type) {
        return json.decode(text.getBytes(StandardCharsets.UTF_8), type);
    }

    Money money(BigDecimal amount, String code) {
        return Money.of(amount, currencies.get(code));
    }

    PaymentDocument document(PaymentRow row) {
        return read(row.document(), PaymentDocument.class);
    }

    RefundDocument document(RefundRow row) {
        return read(row.document(), RefundDocument.class);
    }

    RefundablePayment payment(PaymentRow row) {
        PaymentDocument document = document(row);
        Currency currency = currencies.get(row.currency());
        return new RefundablePayment(
                row.id(),
                row.owner(),
                document.provider(),
                Money.of(row.captured(), currency),
                Money.of(row.refunded(), currency),
                Money.of(row.reserved(), currency),
                Money.of(row.disputed(), currency),
                Money.of(row.tax(), currency),
                Money.of(row.taxAllocated(), currency),
                document.captures(),
                document.lines(),
                document.period(),
                document.taxReference(),
                document.invoiceId(),
                row.subscriptionId(),
                row.paidAt(),
                attention(row.attention()),
                row.version());
    }

    Leg leg(LegRow row) {
        return new Leg(
                row,
                money(row.amount(), row.currency()),
                money(row.tax(), row.currency()),
                LegStatus.valueOf(constant(row.status())),
                read(row.document(), LegDocument.class));
    }

    List<Leg> legs(List<LegRow> rows) {
        return rows.stream().map(this::leg).toList();
    }

    Refund refund(RefundRow row, List<Leg> legs) {
        RefundDocument document = document(row);
        RefundRequest request = document.request();
        return new Refund(
                row.id(),
                row.paymentId(),
                row.owner(),
                status(row, legs),
                money(row.amount(), row.currency()),
                money(row.tax(), row.currency()),
                request.reason(),
                request.note(),
                request.requestedBy(),
                document.explanation(),
                legs.stream().map(Forms::shown).toList(),
                attention(row.attention()),
                request.metadata(),
                row.createdAt(),
                row.dueAt());
    }

    /** What holds before the legs begin, else what follows from them. */
    RefundStatus status(RefundRow row, List<Leg> legs) {
        RefundStatus stored = RefundStatus.valueOf(constant(row.status()));
        return switch (stored) {
            case PENDING_APPROVAL, REJECTED, SCHEDULED -> stored;
            default -> RefundStatus.of(legs.stream().map(Leg::status).toList());
        };
    }

    private static RefundLeg shown(Leg leg) {
        LegDocument document = leg.document();
        return new RefundLeg(
                leg.id(),
                leg.row().captureId(),
                leg.row().provider(),
                leg.amount(),
                leg.tax(),
                leg.status(),
                leg.row().providerRef(),
                document.trace(),
                document.code(),
                document.message(),
                document.action(),
                document.attempts(),
                leg.row().nextAt());
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static String constant(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    static Set<Attention> attention(String stored) {
        Set<Attention> found = EnumSet.noneOf(Attention.class);
        for (String name : stored.split(",", -1)) {
            if (!name.isEmpty()) {
                found.add(Attention.valueOf(name));
            }
        }
        return found;
    }

    static String attention(Set<Attention> flags) {
        return flags.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }
}
