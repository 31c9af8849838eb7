package dev.matrix.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.webhooks.Endpoint;
import dev.matrix.webhooks.Webhooks;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** The shop on PostgreSQL, with a receiver of its webhooks. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class ShopTest {

    private static final BlockingQueue<String> RECEIVED = new LinkedBlockingQueue<>();
    private static EmbeddedPostgres postgres;
    private static HttpServer receiver;

    /** Webhooks to this machine, which are refused by default. */
    @TestConfiguration
    static class ToLoopback {

        @Bean
        Webhooks webhooks(Matrix matrix) {
            return Webhooks.on(matrix)
                    .httpsOnly(false)
                    .addresses(AddressPolicy.publicOnly().allowing("127.0.0.0/8"))
                    .build();
        }
    }

    @Autowired
    private Orders orders;

    @Autowired
    private OrderRepository stored;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate template;

    @Autowired
    private Matrix matrix;

    @Autowired
    private Webhooks webhooks;

    @Value("${local.server.port}")
    private int port;

    @BeforeAll
    static void open() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            RECEIVED.add(new String(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterAll
    static void close() {
        receiver.stop(0);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) throws IOException {
        postgres = EmbeddedPostgres.start();
        properties.add("spring.datasource.url", () -> postgres.getJdbcUrl("postgres", "postgres"));
    }

    private void listen(String customer) {
        webhooks.register(Endpoint.to(
                        URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/"))
                .ownedBy(Owner.user(customer))
                .events("payment.*"));
    }

    @Test
    void orderRowAndEventCommitTogetherAndTheWebhookFollows() throws InterruptedException {
        listen("u_commits");
        jdbc.execute("create table if not exists ledger (id varchar(40) primary key)");
        template.executeWithoutResult(status -> {
            jdbc.update("insert into ledger values ('o_1')");
            orders.place("o_1", "u_commits", Money.of("12.00", "EUR"));
        });

        assertThat(stored.existsById("o_1")).isTrue();
        assertThat(jdbc.queryForObject("select count(*) from ledger where id = 'o_1'", Long.class)).isEqualTo(1);
        assertThat(RECEIVED.poll(30, TimeUnit.SECONDS)).contains("payment.succeeded").contains("pay_o_1");
    }

    @Test
    void orderAndEventRollBackTogether() {
        assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                    orders.place("o_2", "u_1", Money.of("12.00", "EUR"));
                    throw new IllegalStateException("the host's");
                }))
                .hasMessage("the host's");

        assertThat(stored.existsById("o_2")).isFalse();
        orders.place("o_2", "u_1", Money.of("12.00", "EUR"));
        assertThat(stored.existsById("o_2")).isTrue();
    }

    @Test
    void aConflictThatTheHostCatchesCostsItNothingElse() {
        orders.place("o_3", "u_1", Money.of("12.00", "EUR"));
        template.executeWithoutResult(status -> {
            stored.save(new Order("o_4", "u_1"));
            assertThatThrownBy(() -> matrix.transactions()
                            .inTransaction(tx -> {
                                throw new ConflictException("refused");
                            }))
                    .isInstanceOf(ConflictException.class);
        });

        assertThat(stored.existsById("o_4")).isTrue();
    }

    @Test
    void aThousandCallsOfTheApiLogNothing(CapturedOutput output) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        int before = output.getAll().length();
        for (int i = 0; i < 1_000; i++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/billing/v1/" + (i % 2 == 0 ? "me" : "webhooks")))
                    .header("Authorization", "Bearer operator");
            HttpResponse<String> reply = client.send(
                    i % 2 == 0
                            ? request.build()
                            : request.header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"url\":\"nowhere\"}"))
                                    .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(reply.statusCode()).isIn(i % 2 == 0 ? List.of(200, 429) : List.of(400, 422, 429));
        }

        assertThat(output.getAll().substring(before)).doesNotContain(" WARN ", " ERROR ");
    }

    @Test
    void healthKnowsOfMatrix() throws IOException, InterruptedException {
        assertThat(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("\"matrix\":{\"status\":\"UP\"}");
    }

    /** Prints both; the figures are compared by whoever reads them. */
    @Test
    void commitToReceivedInTheHostsTransactionAndInMatrixsOwn() throws InterruptedException {
        listen("u_quick");
        System.out.println("commit to received, p50 ms: joined " + median("j", true) + ", own " + median("m", false));
    }

    private double median(String prefix, boolean joined) throws InterruptedException {
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            RECEIVED.clear();
            String id = prefix + i;
            if (joined) {
                orders.place(id, "u_quick", Money.of("1.00", "EUR"));
            } else {
                matrix.events()
                        .publish(dev.matrix.core.event.payload.PaymentSucceeded.builder(
                                        "pay_" + id,
                                        Owner.user("u_quick"),
                                        Money.of("1.00", "EUR"),
                                        dev.matrix.core.event.payload.PaymentMethod.CARD,
                                        java.time.Instant.now())
                                .build());
            }
            long committed = System.nanoTime();
            assertThat(RECEIVED.poll(30, TimeUnit.SECONDS)).contains("pay_" + id);
            micros.add((System.nanoTime() - committed) / 1_000);
        }
        Collections.sort(micros);
        return micros.get(micros.size() / 2) / 1e3;
    }
}
