package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.idempotency.IdempotentCall;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.Dispute.EvidenceState;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.DisputeStore.DisputeRow;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.RefundLegStore.LegRow;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows to values and back. */
record Forms(JsonCodec json, Currencies currencies) {

    private static final int LONGEST_REASON = 255;

    /** What a request asks for: absent and empty parts are left out, so that newer parts change no fingerprint. */
    private record Print(
            String paymentId,
            RefundAmount amount,
            RefundReason reason,
            @Nullable String note,
            @Nullable String captureId,
            @Nullable RefundDestination destination,
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
                q.destination(),
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

    /** Whether stores can hold it. */
    boolean isHeld(Money amount) {
        return Checks.isHeld(amount)
                && currencies
                        .find(amount.currency().code())
                        .filter(amount.currency()::equals)
                        .isPresent();
    }

    /** A capture of a payment. */
    Capture capture(PaymentRow row, String captureId) {
        return document(row).captures().stream()
                .filter(one -> one.id().equals(captureId))
                .findFirst()
                .orElseThrow(() ->
                        new ConflictException("Payment " + row.id() + " has no capture " + captureId + " stored."));
    }

    /** Whether one of a payment's disputes makes its provider refuse refunds. */
    boolean isBlocked(List<DisputeRow> disputes) {
        return disputes(disputes).stream().anyMatch(DisputeRules::blocksRefunds);
    }

    List<DisputeDocument> disputes(List<DisputeRow> rows) {
        return rows.stream().map(this::document).toList();
    }

    DisputeDocument document(DisputeRow row) {
        return read(row.document(), DisputeDocument.class);
    }

    Dispute dispute(DisputeRow row) {
        DisputeDocument document = document(row);
        DisputeFacts facts = document.facts();
        EvidenceState evidence = document.submitted()
                ? EvidenceState.SUBMITTED
                : document.draft() ? EvidenceState.DRAFT : EvidenceState.NONE;
        return new Dispute(
                row.id(),
                row.owner(),
                row.paymentId(),
                document.captureId(),
                row.provider(),
                row.disputeRef(),
                facts.stage(),
                facts.status(),
                facts.rawStatus(),
                facts.amount(),
                facts.withdrawn(),
                facts.reinstated(),
                facts.fee(),
                facts.reason(),
                facts.respondBy(),
                facts.blocksRefunds(),
                facts.actions(),
                evidence,
                document.doubt(),
                document.attention(),
                facts.openedAt(),
                row.version());
    }

    /** What makes the facts of a dispute impossible to store; empty: nothing does. */
    Optional<String> problem(DisputeFacts facts) {
        boolean sums = Stream.of(facts.withdrawn(), facts.reinstated(), facts.fee())
                .filter(Objects::nonNull)
                .allMatch(sum -> isHeld(sum) && sum.signum() >= 0);
        boolean times = Checks.isInYears(facts.openedAt())
                && (facts.respondBy() == null || Checks.isInYears(facts.respondBy()));
        boolean texts = Checks.isReference(facts.disputeRef())
                && Checks.isText(facts.reason(), LONGEST_REASON)
                && Checks.isText(facts.rawStatus(), LONGEST_REASON);
        if (!isHeld(facts.amount()) || facts.amount().signum() <= 0 || !sums) {
            return Optional.of(
                    "A dispute's amounts are of known currencies, above zero and below 10^30; its sums are 0 or more.");
        }
        return times && texts
                ? Optional.empty()
                : Optional.of("A dispute has a reference of letters, digits and _.:-, a reason and a status of 1 to "
                        + LONGEST_REASON + " characters, and times in the years 1 to 9999.");
    }

    /** A file of evidence as stored. */
    private record StoredFile(String kind, String name, String mediaType, String content) {}

    /** Evidence as stored, before it is sealed. */
    private record StoredEvidence(Map<String, String> texts, List<StoredFile> files) {}

    byte[] bytes(Evidence evidence) {
        List<StoredFile> files = evidence.files().stream()
                .map(file -> new StoredFile(
                        file.kind(),
                        file.name(),
                        file.mediaType(),
                        Base64.getEncoder().encodeToString(file.content())))
                .toList();
        return json.encode(new StoredEvidence(evidence.texts(), files));
    }

    Evidence evidence(byte[] bytes) {
        StoredEvidence stored = json.decode(bytes, StoredEvidence.class);
        return new Evidence(
                stored.texts(),
                stored.files().stream()
                        .map(file -> new Evidence.File(
                                file.kind(),
                                file.name(),
                                file.mediaType(),
                                Base64.getDecoder().decode(file.content())))
                        .toList());
    }

    RefundDestination destination(byte[] json) {
        return this.json.decode(json, RefundDestination.class);
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
                LegStatus.of(row.status()),
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
                row.keySpace().equals(word(KeySpace.OUTSIDE)),
                row.createdAt(),
                row.dueAt());
    }

    /** What holds before the legs begin, else what follows from them. */
    RefundStatus status(RefundRow row, List<Leg> legs) {
        RefundStatus stored = RefundStatus.of(row.status());
        return switch (stored) {
            case PENDING_APPROVAL, REJECTED, SCHEDULED, UNRECOGNISED -> stored;
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
