package dev.matrix.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform as a process. */
class PlatformTest {

    private static final String KEY = "sixteen-visible-characters";
    private static final Pattern EVENT_ID = Pattern.compile("\"id\":\"(evt_[^\"]+)\"");
    private static final int CALLERS = 4;
    private static final int ENOUGH = 200;

    /** Each reply is asked for once more, and a key has 600 requests a minute. */
    private static final int MOST = 400;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "MATRIX_PORT, x, 'MATRIX_PORT is a port, 0 to 65535 (0: any); ''x'' is none.'",
        "MATRIX_BOOTSTRAP_KEY, fifteen-chars-., MATRIX_BOOTSTRAP_KEY has at least 16 visible ASCII characters.",
        "MATRIX_SAMPLE_DATA, yes, MATRIX_SAMPLE_DATA is true or false.",
    })
    @Tag("C24")
    @Tag("P1")
    void aBadValueIsOneLineAndExitCode2(String name, String value, String line) throws Exception {
        try (PlatformProcess process = PlatformProcess.start(folder, Map.of(name, value))) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.errors()).isEqualTo(line + "\n");
        }
    }

    @Test
    @Tag("C24")
    @Tag("P4")
    void terminatedUnderLoadItLosesNothingThatItHasReplied() throws Exception {
        Queue<String> replied = new ConcurrentLinkedQueue<>();
        CountDownLatch enough = new CountDownLatch(ENOUGH);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (PlatformProcess process = PlatformProcess.start(folder, Map.of("MATRIX_BOOTSTRAP_KEY", KEY))
                .serving()) {
            Caller caller = Caller.of(process.uri(), KEY);
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> publishUntilRefused(caller, replied, enough));
            }
            assertThat(enough.await(30, TimeUnit.SECONDS)).as("replies come").isTrue();
            process.terminate();
            assertThat(process.exitCode()).as("128 + SIGTERM").isEqualTo(143);
        } finally {
            callers.shutdown();
            assertThat(callers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }

        try (Host again = Host.start(Settings.of(Map.of(
                "MATRIX_PORT",
                "0",
                "MATRIX_DATA",
                folder.resolve("matrix-data").toString(),
                "MATRIX_BOOTSTRAP_KEY",
                KEY)))) {
            Caller caller = Caller.of(again.uri(), KEY);
            for (String id : replied) {
                assertThat(caller.get("/v1/events/" + id).statusCode()).as(id).isEqualTo(200);
            }
        }
    }

    @Test
    @Tag("P2")
    void itPrintsWhereItIsFound() throws Exception {
        try (PlatformProcess process = PlatformProcess.start(folder, Map.of()).serving()) {
            Caller caller = Caller.of(process.uri(), process.key());
            assertThat(caller.get("/v1/me").statusCode()).isEqualTo(200);
            for (String line : process.greeting().subList(1, process.greeting().size())) {
                String url = line.substring(line.indexOf("http"));
                String path = url.substring(process.uri().toString().length());
                assertThat(caller.get(path).statusCode()).as(url).isEqualTo(200);
            }
            process.terminate();
            assertThat(process.exitCode()).isEqualTo(143);
            assertThat(process.errors()).doesNotContain(process.key());
        }
    }

    private static void publishUntilRefused(Caller caller, Queue<String> replied, CountDownLatch enough) {
        try {
            while (replied.size() < MOST) {
                HttpResponse<String> reply = caller.send("POST", "/v1/events", """
                        {"type":"api_key.created","ownerType":"user","ownerId":"u_1",
                         "data":{"id":"key_1","name":"ci","hint":"4f2a","scopes":["events:read"],"at":"2026-11-01T00:00:00Z"}}""");
                Matcher id = EVENT_ID.matcher(reply.body());
                if (reply.statusCode() != 201 || !id.find()) {
                    throw new IOException(reply.statusCode() + " " + reply.body());
                }
                replied.add(id.group(1));
                enough.countDown();
            }
        } catch (IOException closed) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
