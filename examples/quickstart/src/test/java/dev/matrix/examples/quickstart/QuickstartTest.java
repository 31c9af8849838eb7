package dev.matrix.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuickstartTest {

    private static final String USAGE =
            "{'key':'%s','type':'usage.recorded','ownerType':'user','ownerId':'u_9','data':{"
                    + "'id':'%<s','metric':'tokens','quantity':'12','unit':'token','period':{'start':'2026-11-01T00:00:00Z',"
                    + "'end':'2026-11-02T00:00:00Z'},'attributes':{}}}";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Quickstart quickstart() {
        out.reset();
        err.reset();
        return new Quickstart(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private int run(String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "--data";
        args[1] = data().toString();
        System.arraycopy(more, 0, args, 2, more.length);
        return quickstart().run(args);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }

    private Path file(String... lines) throws IOException {
        return Files.write(
                folder.resolve("events.jsonl"), List.of(String.join("\n", lines).replace('\'', '"')));
    }

    @Test
    void theShippedEventsAreDeliveredVerifiedAndRetriedAndASecondRunFindsAllDone() {
        assertThat(run()).as(this::err).isEqualTo(Quickstart.ALL_DELIVERED);

        assertThat(out())
                .contains("62 events published, 0 published before, 0 lines refused")
                .containsPattern("user:u_1001 +40 +0 +0 +0 +40 ")
                .containsPattern("partner:p_7 +30 +[1-5] +0 +0 +35 ")
                .contains(
                        "70 requests with a good signature, 0 of them duplicates by webhook-id; 0 rejected; 5 answered");
        assertThat(err()).isEmpty();

        assertThat(run()).as(this::err).isEqualTo(Quickstart.ALL_DELIVERED);

        assertThat(out())
                .contains("0 events published, 62 published before, 0 lines refused")
                .containsPattern("partner:p_7 +30 ")
                .contains("Receiver: 0 requests");
    }

    @Test
    void aMalformedLineIsNamedAndTheRestIsDelivered() throws IOException {
        Path file = file(
                USAGE.formatted("a"),
                "{",
                USAGE.formatted("b"),
                USAGE.formatted("a").replace("12", "13"));

        assertThat(run("--events", file.toString())).isEqualTo(Quickstart.BAD_INPUT);

        assertThat(err())
                .contains(file + ", line 2: JSON at")
                .contains(file + ", line 4: ")
                .contains("other content");
        assertThat(out())
                .contains("2 events published, 0 published before, 2 lines refused")
                .containsPattern("user:u_9 +2 +0 +0 +0 +2 ");
    }

    @Test
    void aReceiverThatWantsNothingIsReported() throws Exception {
        HttpServer gone = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gone.createContext("/", exchange -> {
            exchange.sendResponseHeaders(410, -1);
            exchange.close();
        });
        gone.start();
        String url = "http://localhost:" + gone.getAddress().getPort() + "/hooks";

        assertThat(run(
                        "--to",
                        url,
                        "--allow-private",
                        "--events",
                        file(USAGE.formatted("a")).toString()))
                .isEqualTo(Quickstart.NOT_ALL_DELIVERED);

        assertThat(out())
                .contains("Your receiver verifies with the secret in " + data().resolve("receiver-secret"))
                .containsPattern("user:u_9 +0 +0 +1 +0 +1 +- +-");
        assertThat(err()).contains("user:u_9 did not take everything; for one, HTTP status 410.");
        gone.stop(0);
    }

    @Test
    void whatWasStoppedGoesOn() {
        Quickstart stopped = quickstart();
        stopped.stop();

        assertThat(stopped.run("--data", data().toString())).isEqualTo(Quickstart.NOT_ALL_DELIVERED);
        assertThat(out()).contains("0 events published");
        assertThat(err()).contains("Start it again to go on.");

        assertThat(run()).isEqualTo(Quickstart.ALL_DELIVERED);
        assertThat(out()).contains("62 events published");
    }

    @Test
    void helpIsPrinted() {
        assertThat(quickstart().run("--help")).isEqualTo(Quickstart.ALL_DELIVERED);
        assertThat(out()).contains("--events FILE", "--data DIR", "--to URL", "--secret whsec_…", "--allow-private");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --verbose                       | There is no option '--verbose'
            --events missing.jsonl          | The file missing.jsonl can't be read
            --events /dev/null              | The file /dev/null holds no event
            --secret whsec_short            | --secret: A whsec_ key
            --to example.com/hooks          | --to: An endpoint's URL is absolute
            --to https://10.1.2.3/hooks     | --to: The address 10.1.2.3 is not allowed
            --to http://example.com/hooks   | --to: An endpoint's URL is https
            --to https://2130706433/        | --to: The address 2130706433 is not allowed
            """)
    void badInputIsRefusedBeforeAnythingIsWritten(String args, String message) {
        assertThat(run(args.split(" ", -1))).isEqualTo(Quickstart.BAD_INPUT);

        assertThat(err()).startsWith("matrix-quickstart: " + message);
        assertThat(data()).doesNotExist();
    }

    @Test
    void aFolderKeepsItsSecret() throws IOException {
        String events = file(USAGE.formatted("a")).toString();
        assertThat(run("--events", events)).isEqualTo(Quickstart.ALL_DELIVERED);

        assertThat(run("--events", events, "--secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .isEqualTo(Quickstart.BAD_INPUT);

        assertThat(err()).contains("have another secret").doesNotContain("MfKQ9r8");
    }

    @Test
    void aFolderThatIsAFileIsNamed() throws IOException {
        Files.writeString(data(), "");

        assertThat(run()).isEqualTo(Quickstart.BAD_INPUT);

        assertThat(err()).startsWith("matrix-quickstart: The file " + data().resolve("receiver-secret") + " can't be");
    }

    @Test
    void aFolderThatCanNotBeOpenedIsNamed() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("key-encryption-key"), "scrambled");

        assertThat(run()).isEqualTo(Quickstart.BAD_INPUT);

        assertThat(err())
                .contains("The folder " + data() + " can't be opened: The key file")
                .doesNotContain("scrambled");
    }
}
