package dev.matrix.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.event.payload.InvoicePaid;
import dev.matrix.core.event.payload.Line;
import dev.matrix.core.event.payload.LineKind;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.Stores;
import dev.matrix.http.ApiServer;
import dev.matrix.okhttp.OkHttpTransport;
import dev.matrix.sla.Slas;
import dev.matrix.testkit.ManualClock;
import dev.matrix.webhooks.Webhooks;
import dev.matrix.webhooks.signing.Verification;
import dev.matrix.webhooks.signing.WebhookVerifier;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** From measurements over HTTP to a signed webhook, a statement, and a credit in money. */
class SlaBreachTest {

    private static final Instant START = Instant.parse("2026-11-30T23:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private static final Owner OWNER = Owner.user("u_42");
    private static final String KEY = "breach-bootstrap-key";

    private final ManualClock clock = ManualClock.at(START);

    private static void drive(Matrix matrix) {
        while (matrix.runDueStep().isPresent()) {
            Thread.onSpinWait();
        }
    }

    /** The next webhook of a type, its signature verified; deliveries end on threads of the transport. */
    private String webhook(Matrix matrix, Receiver receiver, String secret, String type) throws InterruptedException {
        WebhookVerifier verifier = WebhookVerifier.standard(secret).clock(clock).tolerance(Duration.ofDays(2));
        for (int turn = 0; turn < 400; turn++) {
            drive(matrix);
            Receiver.Received came = receiver.received().poll(50, TimeUnit.MILLISECONDS);
            if (came != null) {
                String body = new String(came.body(), StandardCharsets.UTF_8);
                assertThat(verifier.verify(came.headers()::getFirst, came.body()))
                        .isInstanceOf(Verification.Verified.class);
                if (body.contains("\"" + type + "\"")) {
                    return body;
                }
            }
        }
        throw new AssertionError("No webhook of " + type + " came.");
    }

    private static String body(HttpResponse<String> reply, int status) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        return reply.body();
    }

    @Test
    void aBreachIsToldSignedAndPaysBack() throws IOException, InterruptedException {
        try (Matrix matrix = Matrix.builder()
                        .stores(Stores.inMemory(clock))
                        .transport(OkHttpTransport.create())
                        .clock(clock)
                        .build();
                Receiver receiver = Receiver.start()) {
            Webhooks webhooks = Webhooks.on(matrix)
                    .httpsOnly(false)
                    .addresses(AddressPolicy.publicOnly().allowing("127.0.0.0/8"))
                    .build();
            Slas slas = Slas.on(matrix).build();
            BootstrapKey operator = BootstrapKey.of(Settings.of(Map.of("MATRIX_BOOTSTRAP_KEY", KEY)), matrix.random());
            try (ApiDispatcher api = ApiDispatcher.on(matrix)
                            .modules(webhooks.api(), slas.api(), operator)
                            .authenticator(operator)
                            .build();
                    ApiServer server =
                            ApiServer.serving(api).host("127.0.0.1").port(0).start()) {
                tell(matrix, Caller.of(server.uri(), KEY), receiver);
            }
        }
    }

    private void tell(Matrix matrix, Caller caller, Receiver receiver) throws IOException, InterruptedException {
        String hook = body(
                caller.send(
                        "POST",
                        "/v1/webhooks",
                        "{\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"url\":\"" + receiver.uri()
                                + "\",\"events\":[\"sla.*\"]}"),
                201);
        Matcher secret = Pattern.compile("\"secret\":\"(whsec_[^\"]+)\"").matcher(hook);
        assertThat(secret.find()).isTrue();
        body(
                caller.send(
                        "PUT",
                        "/v1/sla/subscriptions/sub_7",
                        "{\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"tier\":\"pro\",\"from\":\"" + START + "\"}"),
                200);
        paid(matrix);
        measured(matrix, caller);

        assertThat(webhook(matrix, receiver, secret.group(1), "sla.breached"))
                .contains("\"basis\":\"certain\"")
                .contains("\"subscriptionId\":\"sub_7\"");
        clock.advance(Duration.ofHours(25));
        for (int minute = 0; minute < 3; minute++) {
            clock.advance(Duration.ofMinutes(1));
            drive(matrix);
        }
        assertThat(webhook(matrix, receiver, secret.group(1), "sla.credit_issued"))
                .contains("\"amount\":\"50.00\"");
        assertThat(body(caller.get("/v1/sla/credits?subscriptionId=sub_7"), 200))
                .contains("\"state\":\"issued\"")
                .contains("slaCredit:sub_7:2026-11:v1")
                .contains("\"settlement\":\"next_invoice\"");
        HttpResponse<String> page = caller.get("/v1/sla/reports?subscriptionId=sub_7&period=2026-11&format=html");
        assertThat(body(page, 200)).contains("The service level was missed in 2026-11: uptime");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
        assertThat(body(caller.get("/v1/sla/reports?subscriptionId=sub_7&period=2026-11&format=csv"), 200))
                .contains("total,60,60,54,6,");
    }

    private static void paid(Matrix matrix) {
        Line line = Line.builder("l1", LineKind.RECURRING, Money.of("100.00", "EUR"), Money.of("19.00", "EUR"))
                .period(Period.of(START, END))
                .build();
        matrix.events()
                .publish(InvoicePaid.builder("inv_7", OWNER, "7", Money.of("119.00", "EUR"), START)
                        .subscriptionId("sub_7")
                        .lines(List.of(line))
                        .build());
    }

    /** An hour of the month, 6 minutes of it down: 90 % of what is promised at 99.5 %. */
    private void measured(Matrix matrix, Caller caller) throws IOException, InterruptedException {
        drive(matrix);
        for (int minute = 0; minute < 60; minute++) {
            String each = START.plusSeconds(60L * minute).toString();
            clock.advance(Duration.ofMinutes(1));
            String reply = body(
                    caller.send(
                            "POST",
                            "/v1/sla/measurements",
                            "{\"source\":\"edge-1\",\"batchId\":\"m" + minute
                                    + "\",\"minutes\":[{\"subscriptionId\":\"sub_7\",\"minute\":\"" + each
                                    + "\",\"total\":100,\"bad\":" + (minute < 6 ? 100 : 0)
                                    + ",\"slow\":0,\"rejected\":0}]}"),
                    202);
            assertThat(reply).contains("\"accepted\":1");
            drive(matrix);
        }
    }
}
