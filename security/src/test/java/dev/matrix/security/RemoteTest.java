package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.spi.AuditSink;
import dev.matrix.security.spi.AuditSinkContract;
import dev.matrix.security.spi.CheckpointAnchor;
import dev.matrix.security.spi.CheckpointAnchorContract;
import dev.matrix.security.spi.RetryLaterException;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.testkit.ScriptedTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sinks and anchors over HTTP. */
class RemoteTest {

    private static final URI TARGET = URI.create("https://siem.example.com/matrix");

    private static final AuditRecord ENTRY = new AuditRecord(
            "aud_1",
            Owner.user("u_42"),
            "software:test",
            "test.done",
            "DATA",
            true,
            Instant.EPOCH,
            Map.of(),
            Map.of(),
            "{}");

    @Test
    @Tag("G44")
    void entriesArePostedAsLinesOfJson() {
        ScriptedTransport transport = ScriptedTransport.replying(ScriptedTransport.reply(204));
        AuditSink.http("siem", transport, TARGET).send(List.of(ENTRY, ENTRY));
        HttpCall call = transport.calls().get(0);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.headers().get("Content-Type")).containsExactly("application/x-ndjson");
        assertThat(new String(call.body(), StandardCharsets.UTF_8).split("\n"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("{\"class_uid\":6005"));
    }

    @ParameterizedTest
    @CsvSource({"0, PT1S", "1, PT1S", "120, PT2M", "1000000000, PT1H", "-1, ", "soon, "})
    @Tag("SE68")
    @Tag("G68")
    void whatARefusalAsksForIsBounded(String header, @Nullable Duration wait) {
        HttpReply busy = ScriptedTransport.reply(503, Map.of("Retry-After", List.of(header)), "");
        AuditSink sink = AuditSink.http("siem", ScriptedTransport.answering(call -> busy), TARGET);
        assertThatThrownBy(() -> sink.send(List.of(ENTRY)))
                .isInstanceOfSatisfying(
                        RetryLaterException.class, e -> assertThat(e.after()).isEqualTo(wait))
                .hasMessageContaining("503");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://siem.example.com/", "ftp://localhost/", "http://10.0.0.1/"})
    void theLogIsNotSentInTheClear(String target) {
        HttpTransport transport = ScriptedTransport.replying(ScriptedTransport.reply(204));
        assertThatThrownBy(() -> AuditSink.http("siem", transport, URI.create(target)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:9000/", "http://127.0.0.1/", "http://[::1]:9000/", "https://10.0.0.1/"})
    void butToThisMachineOrByTls(String target) {
        HttpTransport transport = ScriptedTransport.replying(ScriptedTransport.reply(204));
        AuditSink.http("siem", transport, URI.create(target)).send(List.of(ENTRY));
    }

    /** A far side that keeps the largest note and signs below it. */
    private static HttpTransport keeper() {
        List<String> notes = new ArrayList<>();
        return ScriptedTransport.answering(call -> {
            if (call.method().equals("POST")) {
                notes.add(new String(call.body(), StandardCharsets.UTF_8));
                return ScriptedTransport.reply(200, Map.of(), "thanks\n\u2014 witness AAAAAAAAAAAAAAAAAAAAAAAA\n");
            }
            return notes.stream()
                    .max((one, other) -> Long.compare(size(one), size(other)))
                    .map(note -> ScriptedTransport.reply(200, Map.of(), note))
                    .orElse(ScriptedTransport.reply(404));
        });
    }

    private static long size(String note) {
        return Checkpoint.of(SignedNote.parse(note)).size();
    }

    @Nested
    class HttpAnchorTest implements CheckpointAnchorContract {

        @Override
        public CheckpointAnchor anchor() {
            return CheckpointAnchor.http("witness", keeper(), TARGET);
        }

        @Test
        void aFarSideThatFailsIsAskedAgain() {
            CheckpointAnchor anchor = CheckpointAnchor.http(
                    "witness", ScriptedTransport.answering(call -> ScriptedTransport.reply(500)), TARGET);
            assertThatThrownBy(() -> anchor.publish("note")).isInstanceOf(RetryLaterException.class);
            assertThatThrownBy(() -> anchor.latest("audit")).isInstanceOf(RetryLaterException.class);
        }
    }

    @Nested
    class HttpSinkTest implements AuditSinkContract {

        @Override
        public AuditSink sink() {
            return AuditSink.http("siem", ScriptedTransport.answering(call -> ScriptedTransport.reply(204)), TARGET);
        }
    }
}
