package dev.matrix.webhooks;

import static dev.matrix.testkit.RawServer.answering;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.okhttp.ScriptedNames;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What receivers may do to a sender, and what is logged of it: over real sockets, stored in PostgreSQL. The node's steps
 * are run by hand while its clock stands, so nothing here waits but for the receiver, and no step is due again by itself.
 */
class HostileReceiversTest {

    private static final Owner OWNER = Owner.user("mallory");
    private static final InetAddress HIDDEN = address(1);
    private static final InetAddress OPEN = address(2);
    private static final String NAME = "hooks.example.com";
    private static final int CAP = 16 << 10;

    /** What is sent to those that drip takes all of it, and its status has to come within it. */
    private static final Duration DRIPPING = Duration.ofSeconds(2);

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    @RegisterExtension
    final OpenStorages storages = new OpenStorages();

    private final ScriptedNames names = new ScriptedNames();
    private final LandedByHand transport = new LandedByHand(names.transport());
    private Matrix matrix;
    private Webhooks webhooks;
    private int published;

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void build() {
        matrix = Matrix.builder()
                .stores(storages.storage(Database.POSTGRESQL))
                .transport(transport)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])))
                .clock(ManualClock.at("2026-01-01T00:00:00Z"))
                .build();
        webhooks = Webhooks.on(matrix)
                .httpsOnly(false)
                .addresses(AddressPolicy.publicOnly().allowing("127.0.0.2"))
                .build();
        names.resolveTo(OPEN);
    }

    @AfterEach
    void close() {
        matrix.close();
    }

    private Registered register(RawServer receiver) {
        return webhooks.register(endpoint(receiver));
    }

    private static Endpoint endpoint(RawServer receiver) {
        return endpoint("http://" + NAME + ":" + receiver.port() + "/hooks");
    }

    private static Endpoint endpoint(String url) {
        return Endpoint.to(URI.create(url)).ownedBy(OWNER).events("instance.*");
    }

    private void publish(int events) {
        for (int i = 0; i < events; i++) {
            matrix.events()
                    .publish(InstanceChanged.builder(
                                    "i-" + ++published, OWNER, EventTypes.INSTANCE_STARTED, "gpu.a100", Instant.EPOCH)
                            .build());
        }
    }

    /** Runs the node until all that is due has been sent and logged. */
    private void drive() {
        do {
            while (matrix.runDueStep().isPresent()) {
                // Until none is due.
            }
        } while (transport.land());
    }

    private List<Delivery> deliveries(Registered endpoint) {
        return webhooks.deliveries(
                        OWNER, DeliveryQuery.ofEndpoint(endpoint.endpoint().id()), PageRequest.first(100))
                .items();
    }

    private List<Attempt> attempts(Delivery delivery) {
        return webhooks.attempts(OWNER, delivery.id(), PageRequest.first(100)).items();
    }

    private Delivery only(Registered endpoint) {
        List<Delivery> all = deliveries(endpoint);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** What is logged of one event sent to this receiver. */
    private Logged sendTo(RawServer receiver) {
        Registered endpoint = register(receiver);
        publish(1);
        drive();
        Delivery delivery = only(endpoint);
        List<Attempt> attempts = attempts(delivery);
        assertThat(attempts).hasSize(1);
        return new Logged(delivery, attempts.get(0));
    }

    private record Logged(Delivery delivery, Attempt attempt) {

        void assertThatIt(
                Outcome outcome, DeliveryState state, @Nullable Integer status, @Nullable AttemptError error) {
            assertThat(attempt.outcome()).isEqualTo(outcome);
            assertThat(attempt.status()).isEqualTo(status);
            assertThat(attempt.error()).isEqualTo(error);
            assertThat(attempt.late()).isFalse();
            assertThat(delivery.state()).isEqualTo(state);
            assertThat(delivery.lastStatus()).isEqualTo(status);
            assertThat(delivery.lastError()).isEqualTo(error);
            assertThat(delivery.attempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @Tag("C9")
    @ValueSource(
            strings = {
                "http://2130706433:%d/",
                "http://127.1:%d/",
                "http://0x7f.1:%d/",
                "http://0x7f000001:%d/",
                "http://[::ffff:7f00:1]:%d/",
                "http://[::1]:%d/",
                "http://0.0.0.0:%d/"
            })
    void noSpellingOfAPrivateAddressIsEverConnectedTo(String url) throws Exception {
        try (RawServer hidden = RawServer.on(HIDDEN, answering(OK))) {
            assertThatThrownBy(() -> webhooks.register(endpoint(url.formatted(hidden.port()))))
                    .isInstanceOf(InvalidRequestException.class);
            publish(1);
            drive();

            assertThat(hidden.untouched()).isTrue();
        }
    }

    @Test
    @Tag("C9")
    @Tag("W29")
    @Tag("W31")
    void aNameThatTurnsPrivateAfterRegistrationIsNeverConnectedToAndGivenUpAtTheThirdAttempt() throws Exception {
        try (RawServer.Pair pair = RawServer.Pair.on(OPEN, HIDDEN, answering(OK))) {
            RawServer open = pair.one();
            RawServer hidden = pair.other();
            Registered endpoint = register(open);
            publish(1);
            drive();
            Delivery first = only(endpoint);
            assertThat(first.state()).isEqualTo(DeliveryState.DELIVERED);
            assertThat(attempts(first).get(0).remoteAddress()).isEqualTo("127.0.0.2");

            names.resolveTo(HIDDEN);
            publish(1);
            drive();

            String second = deliveries(endpoint).get(1).id();
            assertThat(webhooks.delivery(OWNER, second).state()).isEqualTo(DeliveryState.RETRYING);
            webhooks.retry(OWNER, second);
            drive();
            webhooks.retry(OWNER, second);
            drive();
            Delivery lost = webhooks.delivery(OWNER, second);
            assertThat(lost.state()).isEqualTo(DeliveryState.EXHAUSTED);
            assertThat(attempts(lost)).hasSize(3).allSatisfy(attempt -> {
                assertThat(attempt.error()).isEqualTo(AttemptError.ADDRESS_BLOCKED);
                assertThat(attempt.remoteAddress()).isNull();
            });
            assertThat(open.requests()).isEqualTo(1);
            assertThat(hidden.untouched()).isTrue();
        }
    }

    @Test
    @Tag("C9")
    @Tag("W29")
    void ofMixedAnswersOnlyThePublicOneIsConnectedTo() throws Exception {
        try (RawServer.Pair pair = RawServer.Pair.on(OPEN, HIDDEN, answering(OK))) {
            RawServer open = pair.one();
            RawServer hidden = pair.other();
            names.resolveTo(HIDDEN, OPEN);

            Logged logged = sendTo(open);

            logged.assertThatIt(Outcome.DELIVERED, DeliveryState.DELIVERED, 200, null);
            assertThat(logged.attempt().remoteAddress()).isEqualTo("127.0.0.2");
            assertThat(hidden.untouched()).isTrue();
        }
    }

    @ParameterizedTest
    @Tag("C11")
    @Tag("W26")
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAFailureAndItsLocationSeesNothing(int status) throws Exception {
        try (RawServer elsewhere = RawServer.on(OPEN, answering(OK))) {
            String location = "http://127.0.0.2:" + elsewhere.port() + "/";
            String reply = "HTTP/1.1 " + status + " Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
            try (RawServer receiver = RawServer.on(OPEN, answering(reply))) {
                Logged logged = sendTo(receiver);

                logged.assertThatIt(Outcome.FAILED, DeliveryState.RETRYING, status, AttemptError.REDIRECT);
                assertThat(logged.attempt().replyHeaders()).containsEntry("Location", List.of(location));
                assertThat(receiver.requests()).isEqualTo(1);
                assertThat(elsewhere.untouched()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @Tag("C11")
    @Tag("W26")
    @ValueSource(
            strings = {
                "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "" // hangs up without a word
            })
    void whateverInvitesToSendAgainOneAttemptIsOneRequest(String reply) throws Exception {
        RawServer.Script script = reply.isEmpty() ? peer -> peer.setSoLinger(true, 0) : answering(reply);
        try (RawServer receiver = RawServer.on(OPEN, script)) {
            Registered endpoint = register(receiver);
            publish(3);
            drive();

            int attempts = 0;
            for (Delivery delivery : deliveries(endpoint)) {
                attempts += attempts(delivery).size();
                assertThat(delivery.state()).isEqualTo(DeliveryState.RETRYING);
                assertThat(delivery.lastError()).isEqualTo(reply.isEmpty() ? AttemptError.RESET : AttemptError.STATUS);
            }
            assertThat(attempts).isPositive().isEqualTo(receiver.requests());
        }
    }

    @Test
    @Tag("C12")
    @Tag("W27")
    void whatDripsIsCutWhenTheTimeIsUpAndAStatusThatCameDecides() throws Exception {
        try (RawServer head = RawServer.on(OPEN, RawServer.dripping("HTTP/1.1 200 OK\r\nX: "));
                RawServer body = RawServer.on(OPEN, RawServer.dripping("HTTP/1.1 200 OK\r\n\r\nx"))) {
            Registered slowHead = webhooks.register(endpoint(head).timeout(DRIPPING));
            Registered slowBody = webhooks.register(endpoint(body).timeout(DRIPPING));
            publish(1);
            drive();

            Delivery late = only(slowHead);
            Attempt unanswered = attempts(late).get(0);
            new Logged(late, unanswered)
                    .assertThatIt(Outcome.FAILED, DeliveryState.RETRYING, null, AttemptError.TIMEOUT);
            assertThat(late.dueAt()).isAfterOrEqualTo(unanswered.startedAt().plusSeconds(60));
            Delivery cut = only(slowBody);
            Logged answered = new Logged(cut, attempts(cut).get(0));
            answered.assertThatIt(Outcome.DELIVERED, DeliveryState.DELIVERED, 200, AttemptError.BODY_READ);
            assertThat(new String(answered.attempt().replyBody(), ISO_8859_1)).matches("x+");
        }
    }

    @Test
    @Tag("C12")
    @Tag("W28")
    void ofBodiesWithoutEndNoMoreIsReadThanIsKept() throws Exception {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        AtomicLong taken = new AtomicLong();
        RawServer.Script endless =
                RawServer.endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk, taken);
        try (RawServer receiver = RawServer.on(OPEN, endless)) {
            Registered endpoint = register(receiver);
            publish(8);
            drive();

            assertThat(deliveries(endpoint)).hasSize(8).allSatisfy(delivery -> {
                assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
                assertThat(attempts(delivery)).singleElement().satisfies(attempt -> {
                    assertThat(attempt.truncated()).isTrue();
                    assertThat(attempt.replyBody()).hasSize(CAP).containsOnly('x');
                });
            });
            // What sockets hold on the way, of the 10 GB that each would send.
            assertThat(taken.get()).isLessThan(8 * (16L << 20));
        }
    }

    @Test
    @Tag("C12")
    @Tag("W28")
    void aBombIsKeptPackedAndCut() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[64 << 20]);
        }
        String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n";
        try (RawServer receiver = RawServer.on(OPEN, answering(head + packed.toString(ISO_8859_1)))) {
            Logged logged = sendTo(receiver);

            logged.assertThatIt(Outcome.DELIVERED, DeliveryState.DELIVERED, 200, null);
            assertThat(logged.attempt().truncated()).isTrue();
            assertThat(logged.attempt().replyBody()).isEqualTo(Arrays.copyOf(packed.toByteArray(), CAP));
        }
    }

    @Test
    @Tag("C12")
    @Tag("W23")
    void bytesThatAreNoTextAreStoredAsTheyCame() throws Exception {
        String odd = "\u0000\u00ff\u00fe\u00c3(\u0000";
        String reply = "HTTP/1.1 500 \u0000\r\nX-Odd: a\u0000b\u00ff\r\nContent-Length: 6\r\n\r\n" + odd;
        try (RawServer receiver = RawServer.on(OPEN, answering(reply))) {
            Logged logged = sendTo(receiver);

            logged.assertThatIt(Outcome.FAILED, DeliveryState.RETRYING, 500, AttemptError.STATUS);
            assertThat(logged.attempt().replyBody()).isEqualTo(odd.getBytes(ISO_8859_1));
            assertThat(logged.attempt().replyHeaders().get("X-Odd"))
                    .singleElement()
                    .asString()
                    .startsWith("a\u0000b");
        }
    }

    @ParameterizedTest
    @Tag("C12")
    @Tag("W28")
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\nzz\r\n"
            })
    void aBodyThatDiesDoesNotUndoItsStatus(String reply) throws Exception {
        try (RawServer receiver = RawServer.on(OPEN, answering(reply))) {
            Logged logged = sendTo(receiver);

            logged.assertThatIt(Outcome.DELIVERED, DeliveryState.DELIVERED, 200, AttemptError.BODY_READ);
            assertThat(logged.attempt().replyBody()).asString().isEqualTo("part");
        }
    }

    @Test
    @Tag("W28")
    void headersWithoutEndAreNoReply() throws Exception {
        AtomicLong taken = new AtomicLong();
        String header = "X-More: " + "x".repeat(1_000) + "\r\n";
        try (RawServer receiver = RawServer.on(OPEN, RawServer.endless("HTTP/1.1 200 OK\r\n", header, taken))) {
            Logged logged = sendTo(receiver);

            logged.assertThatIt(Outcome.FAILED, DeliveryState.RETRYING, null, AttemptError.OTHER);
            assertThat(taken.get()).isLessThan(16L << 20);
        }
    }

    @Test
    @Tag("W28")
    void whatIsNoHttpIsNoReply() throws IOException {
        try (RawServer receiver = RawServer.on(OPEN, answering("SSH-2.0-OpenSSH_9.6\r\n\r\n"))) {
            sendTo(receiver).assertThatIt(Outcome.FAILED, DeliveryState.RETRYING, null, AttemptError.OTHER);
        }
    }
}
