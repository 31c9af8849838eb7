package dev.matrix.examples.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.ApiExample;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.Operation;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.spi.Stores;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host over HTTP, on an embedded database. */
class HostTest {

    private static final JsonCodec JSON = JsonCodec.of(Currencies.standard());

    @TempDir
    private Path folder;

    private Host start() throws Exception {
        return Host.start(Settings.of(Map.of("MATRIX_PORT", "0", "MATRIX_DATA", data().toString())));
    }

    private Path data() {
        return folder.resolve("data");
    }

    @Test
    @Tag("C24")
    @Tag("P2")
    void aKeyIsMadeOnceAcceptedAfterARestartAndKeptAsAHash() throws Exception {
        String key;
        try (Host host = start()) {
            key = String.valueOf(host.newBootstrapKey());
            HttpResponse<String> me = Caller.of(host.uri(), key).get("/v1/me");
            assertThat(me.statusCode()).isEqualTo(200);
            assertThat(me.body())
                    .contains("\"principalId\":\"bootstrap\"", "\"ownerId\":\"platform\"", "\"platform:operate\"");
        }
        try (Host host = start()) {
            assertThat(host.newBootstrapKey()).isNull();
            assertThat(Caller.of(host.uri(), key).get("/v1/me").statusCode()).isEqualTo(200);
            assertThat(Caller.of(host.uri(), key + "x").get("/v1/me").statusCode())
                    .isEqualTo(401);
        }
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain(key);
            }
        }
    }

    @Test
    @Tag("P1")
    void databaseAndKeyFilesAreTheirOwnersAlone() throws Exception {
        start().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
                .isEqualTo("rwx------");
        for (String file : List.of("kek", "bootstrap-key.sha256")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    @Tag("P3")
    void healthAndMetricsNeedNoKey() throws Exception {
        try (Host host = start()) {
            Caller anonymous = Caller.of(host.uri(), "none");
            HttpResponse<String> health = anonymous.get("/healthz");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).isEqualTo("alive\n");
            awaitReady(anonymous);
            anonymous.get("/v1/me");

            assertThat(anonymous.get("/metrics").body())
                    .contains(
                            "matrix_api_exchanges_total{operation=\"getCaller\",status=\"401\"} 1\n",
                            "matrix_api_refusals_total{code=\"unauthenticated\"} 1\n");
            assertThat(anonymous.send("POST", "/metrics", "{}").statusCode()).isEqualTo(404);
        }
    }

    private static void awaitReady(Caller caller) throws IOException, InterruptedException {
        HttpResponse<String> ready = caller.get("/readyz");
        for (int attempt = 0; attempt < 1_000 && ready.statusCode() != 200; attempt++) {
            assertThat(ready.body()).isEqualTo("not ready: steps\n");
            ready = caller.get("/readyz");
        }
        assertThat(ready.body()).isEqualTo("ready\n");
    }

    @Test
    @Tag("P3")
    void readinessNamesThePartThatFails() {
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            Heartbeat heartbeat = new Heartbeat();
            Health health = new Health(matrix, heartbeat);
            assertThat(health.failing()).contains("steps");
            heartbeat.run(matrix.storeClock().instant());
            assertThat(health.failing()).isEmpty();
            health.close();
            assertThat(health.failing()).contains("closing");
        }
    }

    @Test
    @Tag("C24")
    void noExampleGivesAServerError() throws Exception {
        try (Host host = start()) {
            Caller caller = Caller.of(host.uri(), String.valueOf(host.newBootstrapKey()));
            ApiCatalog catalog = host.catalog();
            List<String> failed = new ArrayList<>();
            int sent = 0;
            for (Operation<?, ?> operation : catalog.operations()) {
                for (ApiExample example : catalog.examples(operation, catalog.newest())) {
                    HttpResponse<String> reply = send(caller, operation, example);
                    sent++;
                    if (reply.statusCode() >= 500 || reply.statusCode() == 401 || reply.statusCode() == 403) {
                        failed.add(operation.id() + " → " + reply.statusCode() + " " + reply.body());
                    }
                }
            }
            assertThat(failed).isEmpty();
            assertThat(sent).isGreaterThan(10);
        }
    }

    private static HttpResponse<String> send(Caller caller, Operation<?, ?> operation, ApiExample example)
            throws IOException, InterruptedException {
        String key = operation.id() + "-" + example.name().replace(' ', '-');
        List<String> headers = new ArrayList<>(List.of("Idempotency-Key", key));
        for (ApiHeaders.Line line : example.headers().lines()) {
            headers.addAll(List.of(line.name(), line.value()));
        }
        return caller.send(
                operation.method(),
                example.path() + (example.query().isEmpty() ? "" : "?" + example.query()),
                example.body() == null ? null : new String(JSON.write(example.body()), UTF_8),
                headers.toArray(String[]::new));
    }
}
