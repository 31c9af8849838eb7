package dev.matrix.refunds.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.refunds.RefundReason;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.ProviderStand.Behaviour;
import dev.matrix.refunds.spi.ProviderStand.Finish;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is Stripe's own: its requests, statuses, codes, accounts and pages. */
class StripeRefundsTest {

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final FakeStripe stripe = new FakeStripe(clock);
    private final StripeRefunds provider = StripeRefunds.withKey(FakeStripe.KEY);

    private static RefundCommand command(String own, String capture, Money amount, Map<String, String> data) {
        return new RefundCommand(
                own,
                own,
                "ref_1",
                "pay_1",
                Owner.user("u_42"),
                capture,
                data,
                amount,
                RefundReason.DUPLICATE,
                null,
                Map.of("reverse_transfer", "true"),
                1);
    }

    private static RefundProbe probe(String own, @Nullable String ref, String capture) {
        return new RefundProbe(own, List.of(own), ref, capture, Map.of(), Money.of("10.00", "USD"), null);
    }

    private ProviderContext answering(HttpReply reply) {
        return ProviderContext.of(ScriptedTransport.replying(reply), clock, new Random(1));
    }

    private ProviderResult answered(int status, String body) {
        return provider.submit(
                command("rfl_1", "pi_0", Money.of("10.00", "USD"), Map.of()),
                answering(ScriptedTransport.reply(status, Map.of("Retry-After", List.of("7")), body)));
    }

    @Test
    @Tag("R30")
    void aRequestNamesAmountLegKeyVersionAndAccount() {
        String capture = stripe.capture(Money.of("100.00", "USD"));

        provider.forAccount("acct_1")
                .submit(command("rfl_1", capture, Money.of("10.00", "USD"), Map.of()), stripe.context());

        HttpCall call = stripe.calls().get(0);
        assertThat(call.uri()).hasToString("https://api.stripe.com/v1/refunds");
        assertThat(call.headers())
                .containsEntry("Idempotency-Key", List.of("rfl_1"))
                .containsEntry("Stripe-Version", List.of(StripeRefunds.API_VERSION))
                .containsEntry("Stripe-Account", List.of("acct_1"));
        assertThat(new String(call.body(), StandardCharsets.UTF_8))
                .startsWith("payment_intent=pi_0&amount=1000&reason=duplicate&metadata%5Bmatrix_leg%5D=rfl_1&")
                .endsWith("&reverse_transfer=true");
    }

    @Test
    @Tag("R30")
    void aCaptureNamesItsOwnConnectedAccountAndACharge() {
        ScriptedTransport transport = ScriptedTransport.replying(ScriptedTransport.reply(500));

        provider.submit(
                command("rfl_1", "ch_1", Money.of("10.00", "USD"), Map.of(StripeRefunds.ACCOUNT, "acct_2")),
                ProviderContext.of(transport, clock, new Random(1)));

        assertThat(transport.calls().get(0).headers()).containsEntry("Stripe-Account", List.of("acct_2"));
        assertThat(new String(transport.calls().get(0).body(), StandardCharsets.UTF_8))
                .startsWith("charge=ch_1&");
    }

    @ParameterizedTest
    @Tag("A12")
    @Tag("R30")
    @CsvSource({"5800,JPY,5800", "10.00,USD,1000", "5,ISK,500", "5,UGX,500", "5.12,KWD,5120"})
    void amountsAreWrittenAsStripeCounts(String amount, String code, String integer) {
        Money money = Money.parse(amount + " " + code, Currencies.iso());

        assertThat(StripeCurrencies.integer(money)).isEqualTo(integer);
        assertThat(provider.capabilities().currencies().get(code))
                .isEqualTo(code.equals("USD") || code.equals("KWD") ? 2 : 0);
    }

    @ParameterizedTest
    @Tag("A8")
    @Tag("R30")
    @CsvSource({
        "400,invalid_request_error,charge_already_refunded,ALREADY_REFUNDED",
        "400,invalid_request_error,charge_disputed,DISPUTED",
        "400,invalid_request_error,refund_disputed_payment,DISPUTED",
        "400,invalid_request_error,charge_not_refundable,NOT_REFUNDABLE",
        "400,invalid_request_error,amount_too_small,AMOUNT_TOO_SMALL",
        "400,invalid_request_error,amount_too_large,AMOUNT_TOO_LARGE",
        "402,invalid_request_error,balance_insufficient,INSUFFICIENT_BALANCE",
        "404,invalid_request_error,resource_missing,NOT_REFUNDABLE",
        "400,invalid_request_error,new_code,REJECTED"
    })
    void aRefusalIsDeclinedByItsCode(int status, String type, String code, DeclineCode expected) {
        ProviderResult result = answered(status, body(type, code));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ProviderResult.Declined.class,
                        no -> assertThat(no.code()).isEqualTo(expected));
        assertThat(result.toString()).doesNotContain(FakeStripe.KEY);
    }

    private static String body(String type, String code) {
        return "{\"error\": {\"type\": \"%s\", \"code\": \"%s\", \"message\": \"%s\"}}"
                .formatted(type, code, FakeStripe.KEY);
    }

    @ParameterizedTest
    @Tag("R30")
    @CsvSource({
        "401,invalid_request_error,api_key_expired,CONFIGURATION",
        "403,invalid_request_error,account_invalid,CONFIGURATION",
        "400,invalid_request_error,livemode_mismatch,CONFIGURATION",
        "400,invalid_request_error,testmode_charges_only,CONFIGURATION",
        "429,invalid_request_error,lock_timeout,RATE_LIMITED",
        "429,rate_limit_error,rate_limit,RATE_LIMITED"
    })
    void whatProvesThatNothingHappenedIsNotExecuted(int status, String type, String code, Attempted expected) {
        assertThat(answered(status, body(type, code))).isInstanceOfSatisfying(ProviderResult.NotExecuted.class, not -> {
            assertThat(not.why()).isEqualTo(expected);
            assertThat(not.retryAfter()).isEqualTo(expected == Attempted.RATE_LIMITED ? Duration.ofSeconds(7) : null);
        });
    }

    @ParameterizedTest
    @Tag("R30")
    @Tag("R54")
    @CsvSource(
            delimiter = '|',
            value = {
                "409|{\"error\": {\"type\": \"invalid_request_error\", \"code\": \"idempotency_key_in_use\"}}",
                "500|{\"error\": {\"type\": \"api_error\"}}",
                "400|{\"error\": {\"type\": \"idempotency_error\"}}",
                "400|{}",
                "404|<html>",
                "429|<html>",
                "302|{\"error\": {\"type\": \"invalid_request_error\", \"code\": \"charge_disputed\"}}",
                "200|{\"id\": \"re_1\", \"status\": \"succeeded\"}",
                "200|[]",
                "418|{\"error\": {\"type\": \"teapot\"}}"
            })
    void whatIsNoAnswerOfStripesIsUnknown(int status, String body) {
        assertThat(answered(status, body)).isInstanceOf(ProviderResult.Unknown.class);
    }

    @Test
    @Tag("R30")
    void aRefundThatWasPaidOutInAnotherCurrencyTellsWhatItTook() {
        ProviderResult result = answered(200, """
                {"id": "re_1", "object": "refund", "amount": 6000, "currency": "usd", "status": "succeeded", "metadata": {"matrix_leg": "rfl_1"},
                 "balance_transaction": {"amount": -5160, "currency": "eur", "fee": -30},
                 "destination_details": {"type": "card", "card": {"reference": "74417410", "reference_status": "available"}}}""");

        assertThat(result).isInstanceOfSatisfying(ProviderResult.Succeeded.class, paid -> {
            assertThat(paid.facts().settled()).isEqualTo(Money.of("51.60", "EUR"));
            assertThat(paid.facts().feeReturned()).isEqualTo(Money.of("0.30", "EUR"));
            assertThat(paid.facts().amount()).isEqualTo(Money.of("60.00", "USD"));
            assertThat(paid.facts().trace()).isEqualTo("74417410");
            assertThat(paid.facts().ownReference()).isEqualTo("rfl_1");
        });
    }

    @ParameterizedTest
    @Tag("R30")
    @CsvSource({
        "lost_or_stolen_card,DESTINATION_CLOSED",
        "expired_or_canceled_card,DESTINATION_CLOSED",
        "charge_for_pending_refund_disputed,DISPUTED",
        "insufficient_funds,INSUFFICIENT_BALANCE",
        "merchant_request,CANCELLED",
        "unknown,REJECTED"
    })
    void aFailedRefundSaysWhy(String reason, DeclineCode expected) {
        String capture = stripe.capture(Money.of("100.00", "USD"));
        provider.submit(command("rfl_1", capture, Money.of("10.00", "USD"), Map.of()), stripe.context());
        stripe.become("rfl_1", "failed", ", \"failure_reason\": \"" + reason + "\"");

        LookupResult found = provider.lookup(probe("rfl_1", "re_0", capture), stripe.context());

        assertThat(found)
                .isInstanceOfSatisfying(
                        LookupResult.Found.class,
                        known -> assertThat(known.state())
                                .isInstanceOfSatisfying(
                                        ProviderResult.Declined.class,
                                        no -> assertThat(no.code()).isEqualTo(expected)));
    }

    @Test
    @Tag("R30")
    void aPendingRefundSaysWhatItWaitsFor() {
        String capture = stripe.capture(Money.of("100.00", "USD"));
        stripe.next(Behaviour.ACCEPT_PENDING);

        ProviderResult first =
                provider.submit(command("rfl_1", capture, Money.of("10.00", "USD"), Map.of()), stripe.context());

        assertThat(first)
                .isInstanceOfSatisfying(
                        ProviderResult.Pending.class,
                        pending -> assertThat(pending.action()).isNotNull());
        stripe.become("rfl_1", "pending", ", \"pending_reason\": \"insufficient_funds\"");
        assertThat(provider.lookup(probe("rfl_1", null, capture), stripe.context()))
                .isInstanceOfSatisfying(LookupResult.Found.class, known -> {
                    assertThat(known.state().facts().rawStatus()).isEqualTo("pending: insufficient_funds");
                    assertThat(((ProviderResult.Pending) known.state()).action())
                            .isNull();
                });
    }

    @Test
    @Tag("R30")
    void aLookupPagesThroughTheCapturesRefunds() {
        String capture = stripe.capture(Money.of("100.00", "USD"));
        for (int n = 0; n < 5; n++) {
            provider.submit(command("rfl_" + n, capture, Money.of("10.00", "USD"), Map.of()), stripe.context());
        }
        int before = stripe.calls().size();

        LookupResult oldest = provider.lookup(probe("rfl_0", null, capture), stripe.context());

        assertThat(oldest).isInstanceOf(LookupResult.Found.class);
        assertThat(stripe.calls().size() - before).isEqualTo(3);
        assertThat(provider.lookup(probe("rfl_9", null, capture), stripe.context()))
                .isInstanceOf(LookupResult.Absent.class);
    }

    @Test
    @Tag("R30")
    void aCaptureThatStripeDoesNotKnowProvesNoAbsence() {
        assertThat(provider.lookup(
                        probe("rfl_1", null, "pi_404"),
                        answering(FakeStripe.error(404, "invalid_request_error", "resource_missing"))))
                .isInstanceOf(LookupResult.Unavailable.class);
        assertThat(provider.lookup(probe("rfl_1", "re_404", "pi_0"), stripe.context()))
                .isInstanceOf(LookupResult.Absent.class);
    }

    @Test
    @Tag("A8")
    void aStoredErrorIsReplayedUnderItsKeyAndStaysUnknown() {
        String capture = stripe.capture(Money.of("100.00", "USD"));
        RefundCommand command = command("rfl_1", capture, Money.of("10.00", "USD"), Map.of());
        stripe.next(Behaviour.ERROR_AFTER_EXECUTION);

        assertThat(provider.submit(command, stripe.context())).isInstanceOf(ProviderResult.Unknown.class);

        assertThat(provider.lookup(probe("rfl_1", null, capture), stripe.context()))
                .isInstanceOf(LookupResult.Found.class);
        assertThat(stripe.executions()).hasSize(1);
    }

    @Test
    @Tag("R30")
    void aReferenceThatIsNotStripesIsNeverSent() {
        assertThat(provider.submit(command("rfl_1", "../v1", Money.of("10.00", "USD"), Map.of()), stripe.context()))
                .isInstanceOf(ProviderResult.NotExecuted.class);
        assertThat(stripe.calls()).isEmpty();
    }

    @Test
    @Tag("R30")
    void onlyWhatWaitsForTheCustomerIsCancelled() {
        String capture = stripe.capture(Money.of("100.00", "USD"));
        stripe.next(Behaviour.ACCEPT_PENDING);
        provider.submit(command("rfl_1", capture, Money.of("10.00", "USD"), Map.of()), stripe.context());
        stripe.finish("rfl_1", Finish.SETTLED);

        provider.cancel(probe("rfl_1", "re_0", capture), stripe.context());

        assertThat(provider.lookup(probe("rfl_1", "re_0", capture), stripe.context()))
                .isInstanceOfSatisfying(
                        LookupResult.Found.class,
                        known -> assertThat(known.state()).isInstanceOf(ProviderResult.Succeeded.class));
    }

    @Test
    @Tag("A37")
    void noTextHoldsTheKey() {
        assertThat(provider.notifiedWith("whsec_1").toString())
                .doesNotContain(FakeStripe.KEY)
                .doesNotContain("whsec_1");
        assertThat(provider.disputes().orElseThrow().toString()).doesNotContain(FakeStripe.KEY);
        assertThatThrownBy(() -> StripeRefunds.withKey("sk live"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageNotContaining("sk live");
    }

    @Test
    @Tag("R20")
    void theFeedListsRefundsMadeOutside() {
        String capture = stripe.capture(Money.of("100.00", "USD"));
        for (int n = 0; n < 3; n++) {
            provider.submit(command("rfl_" + n, capture, Money.of("10.00", "USD"), Map.of()), stripe.context());
        }

        var feed = provider.feed().orElseThrow();
        var first = feed.since(clock.instant(), null, stripe.context());
        var second = feed.since(clock.instant(), first.nextCursor(), stripe.context());

        assertThat(first.nextCursor()).isEqualTo("re_1");
        assertThat(second.nextCursor()).isNull();
        assertThat(second.refunds()).anySatisfy(subject -> {
            assertThat(subject.providerRef()).isEqualTo("re_0");
            assertThat(subject.captureRef()).isEqualTo(capture);
        });
    }
}
