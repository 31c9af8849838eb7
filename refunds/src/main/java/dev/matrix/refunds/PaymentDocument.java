package dev.matrix.refunds;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a payment is stored as JSON. {@code input}: the fingerprint of what it was first recorded from. */
record PaymentDocument(
        String provider,
        List<Capture> captures,
        List<PaymentLine> lines,
        @Nullable ServicePeriod period,
        @Nullable String taxReference,
        @Nullable String invoiceId,
        String input) {

    PaymentDocument withCaptures(List<Capture> more) {
        return new PaymentDocument(provider, more, lines, period, taxReference, invoiceId, input);
    }
}
