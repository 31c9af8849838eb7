package dev.matrix.refunds.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.refunds.RefundReason;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is PayPal's own: tokens, its requests, statuses and issues, and how a refund is found by its order. */
class PayPalRefundsTest {

    private static final String TOKEN = "{\"access_token\": \"A21AA-0\", \"expires_in\": 32400}";

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final FakePayPal paypal = new FakePayPal(clock);
    private final PayPalRefunds provider = PayPalRefunds.live(FakePayPal.CLIENT, FakePayPal.SECRET);

    private static RefundCommand command(String own, String capture, String amount) {
        return new RefundCommand(
                own,
                own,
                "ref_1",
                "pay_1",
                Owner.user("u_42"),
                capture,
                Map.of(),
                Money.parse(amount, Currencies.iso()),
                RefundReason.GOODWILL,
                null,
                Map.of(),
                1);
    }

    private static RefundProbe probe(String own, String capture, Map<String, String> data) {
        return new RefundProbe(own, List.of(own), null, capture, data, Money.of("10.00", "USD"), null);
    }

    private ProviderResult answered(int status, String body) {
        ScriptedTransport transport =
                ScriptedTransport.answering(call -> call.uri().getPath().endsWith("/token")
                        ? ScriptedTransport.reply(200, Map.of(), TOKEN)
                        : ScriptedTransport.reply(status, Map.of(), body));
        return provider.submit(
                command("rfl_1", "CAP1", "10.00 USD"), ProviderContext.of(transport, clock, new Random(1)));
    }

    @Test
    @Tag("R31")
    void aRequestNamesAmountLegAndRequestId() {
        String capture = paypal.capture(Money.of("100.00", "USD"));

        provider.submit(command("rfl_1", capture, "10.00 USD"), paypal.context());

        HttpCall call = paypal.calls().get(1);
        assertThat(call.uri()).hasToString("https://api-m.paypal.com/v2/payments/captures/" + capture + "/refund");
        assertThat(call.headers())
                .containsEntry("PayPal-Request-Id", List.of("rfl_1"))
                .containsEntry("Authorization", List.of("Bearer A21AA-0"));
        assertThat(new String(call.body(), StandardCharsets.UTF_8))
                .contains("\"custom_id\":\"rfl_1\"", "\"value\":\"10.00\"");
    }

    @ParameterizedTest
    @Tag("A12")
    @CsvSource({"5800 JPY,5800", "10.00 USD,10.00", "700 HUF,700", "0.10 EUR,0.10"})
    void amountsAreDecimalStrings(String amount, String value) {
        assertThat(PayPalRefunds.amount(Money.parse(amount, Currencies.iso())).get("value"))
                .isEqualTo(new JsonString(value));
    }

    @Test
    @Tag("R31")
    void aTokenServesUntilShortlyBeforeItsEnd() {
        String capture = paypal.capture(Money.of("100.00", "USD"));
        provider.submit(command("rfl_1", capture, "10.00 USD"), paypal.context());
        clock.advance(Duration.ofHours(8));
        provider.submit(command("rfl_2", capture, "10.00 USD"), paypal.context());
        assertThat(paypal.tokens()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(59));
        provider.submit(command("rfl_3", capture, "10.00 USD"), paypal.context());

        assertThat(paypal.tokens()).isEqualTo(2);
        assertThat(paypal.executions()).hasSize(3);
    }

    @Test
    @Tag("R31")
    void aTokenThatWasRevokedIsReplacedAndTheCallMadeOnceMore() {
        String capture = paypal.capture(Money.of("100.00", "USD"));
        provider.submit(command("rfl_1", capture, "10.00 USD"), paypal.context());
        paypal.revokeTokens();

        ProviderResult result = provider.submit(command("rfl_2", capture, "10.00 USD"), paypal.context());

        assertThat(result).isInstanceOf(ProviderResult.Succeeded.class);
        assertThat(paypal.executions()).hasSize(2);
    }

    @Test
    @Tag("R31")
    void withoutATokenNothingWasSent() {
        ScriptedTransport transport = ScriptedTransport.replying(ScriptedTransport.reply(503));

        ProviderResult result = provider.submit(
                command("rfl_1", "CAP1", "10.00 USD"), ProviderContext.of(transport, clock, new Random(1)));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ProviderResult.NotExecuted.class,
                        not -> assertThat(not.why()).isEqualTo(Attempted.NOT_SENT));
        assertThat(transport.calls()).hasSize(1);
    }

    @ParameterizedTest
    @Tag("R31")
    @CsvSource({
        "CAPTURE_FULLY_REFUNDED,ALREADY_REFUNDED",
        "REFUND_TIME_LIMIT_EXCEEDED,WINDOW_EXPIRED",
        "TRANSACTION_DISPUTED,DISPUTED",
        "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK,DISPUTED",
        "PAYER_ACCOUNT_LOCKED_OR_CLOSED,DESTINATION_CLOSED",
        "REFUND_AMOUNT_EXCEEDED,AMOUNT_TOO_LARGE",
        "REFUND_AMOUNT_TOO_LOW,AMOUNT_TOO_SMALL",
        "REFUND_CAPTURE_CURRENCY_MISMATCH,CURRENCY_MISMATCH",
        "REFUND_FAILED_INSUFFICIENT_FUNDS,INSUFFICIENT_BALANCE",
        "PARTIAL_REFUND_NOT_ALLOWED,NOT_REFUNDABLE",
        "SOMETHING_NEW,REJECTED"
    })
    void anIssueIsDeclinedByItsName(String issue, DeclineCode expected) {
        assertThat(answered(422, error(issue)))
                .isInstanceOfSatisfying(
                        ProviderResult.Declined.class,
                        no -> assertThat(no.code()).isEqualTo(expected));
    }

    private static String error(String issue) {
        return "{\"name\": \"UNPROCESSABLE_ENTITY\", \"details\": [{\"issue\": \"" + issue + "\"}]}";
    }

    @ParameterizedTest
    @Tag("R31")
    @Tag("R54")
    @CsvSource(
            delimiter = '|',
            value = {
                "422|{\"name\": \"UNPROCESSABLE_ENTITY\", \"details\": [{\"issue\": \"DUPLICATE_INVOICE_ID\"}]}",
                "409|{\"name\": \"RESOURCE_CONFLICT\"}",
                "500|{\"name\": \"INTERNAL_SERVER_ERROR\"}",
                "422|{}",
                "403|<html>",
                "302|{}",
                "201|{\"id\": \"1\"}"
            })
    void whatMayHaveHappenedIsUnknown(int status, String body) {
        assertThat(answered(status, body)).isInstanceOf(ProviderResult.Unknown.class);
    }

    @Test
    @Tag("R31")
    void anAccountThatCannotPayIsAMatterOfConfiguration() {
        for (String issue : List.of("PAYEE_ACCOUNT_RESTRICTED", "PERMISSION_DENIED")) {
            assertThat(answered(422, error(issue)))
                    .isInstanceOfSatisfying(
                            ProviderResult.NotExecuted.class,
                            not -> assertThat(not.why()).isEqualTo(Attempted.CONFIGURATION));
        }
    }

    @Test
    @Tag("R31")
    @Tag("R40")
    void factsAreThisRefundsAlone() {
        ProviderResult result = answered(201, """
                {"id": "R1", "status": "COMPLETED", "amount": {"currency_code": "USD", "value": "10.00"}, "custom_id": "rfl_1",
                 "acquirer_reference_number": "7441", "seller_payable_breakdown": {
                   "paypal_fee": {"currency_code": "USD", "value": "0.35"},
                   "net_amount_in_receivable_currency": {"currency_code": "EUR", "value": "8.60"},
                   "total_refunded_amount": {"currency_code": "USD", "value": "30.00"}},
                 "links": [{"rel": "up", "href": "https://api-m.paypal.com/v2/payments/captures/CAP1"}]}""");

        assertThat(result).isInstanceOfSatisfying(ProviderResult.Succeeded.class, paid -> {
            assertThat(paid.facts().amount()).isEqualTo(Money.of("10.00", "USD"));
            assertThat(paid.facts().settled()).isEqualTo(Money.of("8.60", "EUR"));
            assertThat(paid.facts().feeReturned()).isEqualTo(Money.of("0.35", "USD"));
            assertThat(paid.facts().trace()).isEqualTo("7441");
            assertThat(paid.facts().captureRef()).isEqualTo("CAP1");
        });
    }

    @Test
    @Tag("R31")
    void theOrderIsTakenFromTheCapturesDataWhereItIsThere() {
        String capture = paypal.capture(Money.of("100.00", "USD"));
        provider.submit(command("rfl_1", capture, "10.00 USD"), paypal.context());
        int before = paypal.calls().size();

        LookupResult found = provider.lookup(
                probe("rfl_1", capture, Map.of(PayPalRefunds.ORDER, "ORDER-" + capture)), paypal.context());

        assertThat(found).isInstanceOf(LookupResult.Found.class);
        assertThat(paypal.calls().size() - before).isEqualTo(1);
        assertThat(provider.lookup(probe("rfl_1", capture, Map.of()), paypal.context()))
                .isInstanceOf(LookupResult.Found.class);
        assertThat(provider.lookup(probe("rfl_9", capture, Map.of()), paypal.context()))
                .isInstanceOf(LookupResult.Absent.class);
    }

    @Test
    @Tag("R31")
    void aRefundOfAnotherCaptureOfTheOrderIsNotTakenForThisOne() {
        String capture = paypal.capture(Money.of("100.00", "USD"));
        String other = paypal.capture(Money.of("100.00", "USD"));
        provider.submit(command("rfl_1", other, "10.00 USD"), paypal.context());

        assertThat(provider.lookup(
                        probe("rfl_1", capture, Map.of(PayPalRefunds.ORDER, "ORDER-" + other)), paypal.context()))
                .isInstanceOf(LookupResult.Absent.class);
    }

    @Test
    @Tag("A37")
    void noTextHoldsASecret() {
        assertThat(provider.notifiedBy("ABC1").toString() + provider.disputes().orElseThrow())
                .doesNotContain(FakePayPal.SECRET)
                .doesNotContain("Basic");
    }
}
