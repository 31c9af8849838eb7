package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.TransportException;
import dev.matrix.refunds.RefundRequests.Resolution;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundPolicy;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What requests and views over HTTP say, and what a policy may refuse. */
class RefundsByHttpTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static RefundRequests.CreatePayment payment() {
        RefundRequests.PeriodBody january =
                new RefundRequests.PeriodBody(START, Instant.parse("2026-02-01T00:00:00Z"), ZoneOffset.UTC, null);
        return new RefundRequests.CreatePayment(
                "pay_1",
                Owner.user("u"),
                "manual",
                List.of(new RefundRequests.CaptureBody(null, "c1", eur("31.00"), START, null, null)),
                null,
                null,
                null,
                null,
                List.of(new RefundRequests.LineBody("l1", PriceKind.RECURRING, eur("31.00"), eur("3.10"), january)),
                january);
    }

    @Test
    @Tag("R24")
    @Tag("R59")
    void linesPeriodsAndProrationsCanBeSaidAndAPolicyMayRefuse() {
        ManualClock clock = ManualClock.at("2026-01-20T00:00:00Z");
        Matrix matrix =
                Matrix.builder().stores(Stores.inMemory(clock)).clock(clock).build();
        Refunds refunds = Refunds.on(matrix)
                .policy(RefundPolicy.allowAll().and(RefundPolicy.window(Duration.ofDays(30))))
                .build();
        RefundablePayment recorded = refunds.payments().record(payment().draft(Owner.user("u")));
        assertThat(RefundViews.PaymentView.of(recorded, false).lines()).hasSize(1);
        RefundRequests.CreateRefund prorated = new RefundRequests.CreateRefund(
                "pay_1",
                RefundReason.PLAN_CHANGE,
                null,
                null,
                new RefundRequests.ProrationBody(Proration.Unit.DAY, Instant.parse("2026-01-11T00:00:00Z"), null),
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        RefundViews.QuoteView quote = RefundViews.QuoteView.of(refunds.quote(prorated.request("q", "ann")));

        assertThat(quote.amount()).isEqualTo(eur("21.00"));
        assertThat(quote.lines()).extracting(RefundViews.QuotedLineView::lineId).containsExactly("l1");
        RefundViews.ExplanationView how = Objects.requireNonNull(quote.proration());
        assertThat(how.total()).isEqualTo(31);
        assertThat(how.unused()).isEqualTo(21);

        clock.set(START.plus(Duration.ofDays(30)));
        RefundOutcome late = refunds.refund(prorated.request("k", "ann"));
        assertThat(((RefundOutcome.Refused) late).code()).isEqualTo(RefusalCode.WINDOW_EXPIRED);
        assertThat(refunds.quote(prorated.request("k", "ann")).refusals()).hasSize(1);
    }

    @Test
    @Tag("R19")
    void resolutionsSayWhatAPersonFound() {
        assertThat(resolution(Resolution.SUCCEEDED, "bank-1")).isEqualTo(new LegResolution.Succeeded("bank-1"));
        assertThat(resolution(Resolution.NOT_EXECUTED, null)).isEqualTo(new LegResolution.NotExecuted());
        assertThat(resolution(Resolution.RESUBMIT, null)).isEqualTo(new LegResolution.Resubmit(false));
        assertThat(resolution(Resolution.RESUBMIT_WITH_NEW_KEY, null)).isEqualTo(new LegResolution.Resubmit(true));
        assertThatThrownBy(() -> resolution(Resolution.SUCCEEDED, null)).isInstanceOf(InvalidRequestException.class);
    }

    private static LegResolution resolution(Resolution outcome, @Nullable String ref) {
        return new RefundRequests.ResolveRefund("ref_1", null, outcome, ref, null).how();
    }

    @Test
    void aMatrixWithoutTransportSendsNothingAndProvidersCancelNothingByThemselves() {
        try (HttpTransport none = new NoTransport()) {
            HttpCall call = new HttpCall(
                    "GET",
                    URI.create("https://bank.example/"),
                    Map.of(),
                    new byte[0],
                    Duration.ofSeconds(1),
                    1,
                    new HttpCall.Reach.Any());
            assertThatThrownBy(() -> none.call(call)).isInstanceOf(TransportException.class);
            ProviderContext context = ProviderContext.of(none, InstantSource.fixed(START), new Random(1));
            RefundProbe probe = new RefundProbe("rfl_1", List.of("rfl_1"), null, null, Map.of(), null, null);
            assertThat(new ManualProvider().cancel(probe, context)).isInstanceOf(ProviderResult.Unknown.class);
        }
    }
}
