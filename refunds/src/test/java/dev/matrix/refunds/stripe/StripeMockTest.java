package dev.matrix.refunds.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.okhttp.OkHttpTransport;
import dev.matrix.refunds.NodePackage;
import dev.matrix.refunds.RefundReason;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.testkit.ManualClock;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mock of Stripe's that others wrote and that remembers: charges, refunds, lists, idempotency keys. */
@Tag("stripe")
class StripeMockTest {

    private static final String KEY = "sk_test_mock";

    private final OkHttpTransport transport = OkHttpTransport.create();
    private final ProviderContext context =
            ProviderContext.of(transport, ManualClock.at("2026-01-01T00:00:00Z"), new Random(1));
    private NodePackage mock;
    private StripeRefunds stripe;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        mock = NodePackage.start("stripe-stateful-mock@0.0.16", "stripe-stateful-mock");
        stripe = StripeRefunds.withKey(KEY).at(mock.address());
    }

    @AfterEach
    void stop() {
        mock.close();
        transport.close();
    }

    private String charge() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("amount", "10000");
        form.put("currency", "usd");
        form.put("source", "tok_visa");
        ProviderApi api = ProviderApi.at(mock.address()).withHeader("Authorization", "Bearer " + KEY);
        Answered answer = (Answered) api.postForm(context, "/v1/charges", Map.of(), form);
        return String.valueOf(answer.body().text("id"));
    }

    private static RefundCommand command(String own, String capture, String amount) {
        return new RefundCommand(
                own,
                own,
                "ref_1",
                "pay_1",
                Owner.user("u_42"),
                capture,
                Map.of(),
                Money.of(amount, "USD"),
                RefundReason.DUPLICATE,
                null,
                Map.of(),
                1);
    }

    private LookupResult lookup(String own, String capture) {
        return stripe.lookup(
                new RefundProbe(own, List.of(own), null, capture, Map.of(), Money.of("1.00", "USD"), null), context);
    }

    @Test
    void refundsAreMadeOnceFoundAgainAndNeverTooMuch() {
        String capture = charge();

        ProviderResult first = stripe.submit(command("rfl_1", capture, "39.67"), context);
        ProviderResult again = stripe.submit(command("rfl_1", capture, "39.67"), context);
        ProviderResult second = stripe.submit(command("rfl_2", capture, "60.33"), context);

        assertThat(first).isInstanceOf(ProviderResult.Succeeded.class).isEqualTo(again);
        assertThat(second).isInstanceOf(ProviderResult.Succeeded.class);
        assertThat(lookup("rfl_1", capture))
                .isInstanceOfSatisfying(
                        LookupResult.Found.class,
                        found -> assertThat(found.state().facts().amount()).isEqualTo(Money.of("39.67", "USD")));
        assertThat(lookup("rfl_2", capture)).isInstanceOf(LookupResult.Found.class);
        assertThat(lookup("rfl_3", capture)).isInstanceOf(LookupResult.Absent.class);
        assertThat(stripe.submit(command("rfl_3", capture, "0.01"), context))
                .isInstanceOf(ProviderResult.Declined.class);
    }

    @Test
    void aReusedKeyForAnotherAmountIsNoRefund() {
        String capture = charge();
        stripe.submit(command("rfl_1", capture, "10.00"), context);

        assertThat(stripe.submit(command("rfl_1", capture, "20.00"), context))
                .isInstanceOf(ProviderResult.Unknown.class);
    }

    @Test
    void aRefundIsFoundByItsIdAndAnUnknownOneIsAbsent() {
        String capture = charge();
        String id =
                ((ProviderResult.Succeeded) stripe.submit(command("rfl_1", capture, "10.00"), context)).providerRef();

        assertThat(stripe.lookup(
                        new RefundProbe("rfl_1", List.of("rfl_1"), id, capture, Map.of(), null, null), context))
                .isInstanceOf(LookupResult.Found.class);
        assertThat(stripe.lookup(
                        new RefundProbe("rfl_1", List.of("rfl_1"), "re_404", capture, Map.of(), null, null), context))
                .isInstanceOf(LookupResult.Absent.class);
    }
}
