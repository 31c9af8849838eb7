package dev.matrix.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.InvoicePaid;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.spi.Stores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P1")
class SampleHistoryTest {

    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

    private static List<BillingEvent> published(Matrix matrix) {
        List<BillingEvent> all = new ArrayList<>();
        PageRequest request = PageRequest.first(1_000);
        while (true) {
            Page<BillingEvent> page = matrix.events().page(EventQuery.all(), request);
            all.addAll(page.items());
            if (page.nextCursor() == null) {
                return all;
            }
            request = new PageRequest(1_000, page.nextCursor());
        }
    }

    @Test
    void twoHundredCustomersHaveEighteenMonthsBehindThem() {
        try (Matrix matrix = Matrix.builder()
                .stores(Stores.inMemory())
                .clock(InstantSource.fixed(NOW))
                .build()) {
            int written = SampleHistory.publish(matrix);
            assertThat(SampleHistory.publish(matrix)).as("the second time").isZero();

            List<BillingEvent> events = published(matrix);
            assertThat(events).hasSize(written);
            assertThat(events.stream().map(BillingEvent::owner).distinct()).hasSize(SampleHistory.CUSTOMERS);
            assertThat(events).extracting(BillingEvent::occurredAt).isSorted();
            assertThat(events.get(0).occurredAt())
                    .isBetween(Instant.parse("2025-05-01T00:00:00Z"), Instant.parse("2025-05-02T00:00:00Z"));
            assertThat(events.get(events.size() - 1).occurredAt())
                    .isBetween(Instant.parse("2026-10-31T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"));
            assertThat(events.stream().map(event -> event.type().name()).distinct())
                    .containsExactlyInAnyOrder(
                            "subscription.created",
                            "subscription.updated",
                            "subscription.cancelled",
                            "invoice.created",
                            "invoice.paid",
                            "payment.failed",
                            "payment.succeeded",
                            "usage.recorded");
        }
    }

    @Test
    void whatIsPaidIsWhatWasInvoiced() {
        try (Matrix matrix = Matrix.builder()
                .stores(Stores.inMemory())
                .clock(InstantSource.fixed(NOW))
                .build()) {
            SampleHistory.publish(matrix);
            List<BillingEvent> events = published(matrix);
            List<PaymentSucceeded> payments = events.stream()
                    .map(BillingEvent::payload)
                    .filter(PaymentSucceeded.class::isInstance)
                    .map(PaymentSucceeded.class::cast)
                    .toList();
            List<InvoicePaid> invoices = events.stream()
                    .map(BillingEvent::payload)
                    .filter(InvoicePaid.class::isInstance)
                    .map(InvoicePaid.class::cast)
                    .toList();
            assertThat(payments).hasSameSizeAs(invoices).isNotEmpty();
            for (int i = 0; i < payments.size(); i++) {
                assertThat(payments.get(i).captured()).isEqualTo(invoices.get(i).amountPaid());
                assertThat(invoices.get(i).total())
                        .isEqualTo(
                                invoices.get(i).subtotal().plus(invoices.get(i).tax()));
            }
        }
    }
}
