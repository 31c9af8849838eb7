package dev.matrix.okhttp;

import static dev.matrix.okhttp.Calls.address;
import static dev.matrix.okhttp.Calls.failure;
import static dev.matrix.okhttp.Calls.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.TransportException.Kind;
import dev.matrix.testkit.RawServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NameLookupsTest {

    private static final InetAddress LOOPBACK = address(127, 0, 0, 1);

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    /** Names that begin with {@code silent} are never answered. */
    private final Dns resolver = host -> {
        asked.incrementAndGet();
        if (host.startsWith("silent")) {
            try {
                never.await();
            } catch (InterruptedException closed) {
                throw new UnknownHostException(host);
            }
        }
        return List.of(LOOPBACK);
    };

    @AfterEach
    void end() {
        never.countDown();
    }

    @Tag("W54")
    @Test
    void hundreds_of_names_that_are_never_answered_hold_nobody_up() throws Exception {
        try (RawServer server =
                        RawServer.on(LOOPBACK, RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
                OkHttpTransport transport = new OkHttpTransport(Egress.direct(), resolver)) {
            List<CompletionStage<HttpReply>> stuck = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                // Of eight owners' domains.
                stuck.add(
                        transport.send(post("http://silent" + i + ".owner" + i % 8 + ".com/", Duration.ofSeconds(10))));
            }

            HttpReply healthy = Calls.reply(transport, post("http://hooks.example.com:" + server.port() + "/"));

            assertThat(healthy.status()).isEqualTo(200);
            assertThat(healthy.timing().total()).isLessThan(Duration.ofSeconds(5));
            assertThat(stuck).noneMatch(sent -> sent.toCompletableFuture().isDone());
        }
    }

    @Tag("W27")
    @Tag("W54")
    @Test
    void a_call_that_waits_for_a_lookups_turn_ends_when_its_time_runs_out() {
        try (OkHttpTransport transport = new OkHttpTransport(Egress.direct(), resolver)) {
            List<CompletionStage<HttpReply>> sent = new ArrayList<>();
            for (int i = 0; i < 2 * NameLookups.PER_DOMAIN; i++) {
                sent.add(transport.send(post("http://silent" + i + ".owner.com/", Duration.ofMillis(300))));
            }

            assertThat(sent).allSatisfy(call -> {
                assertThat(failure(call).kind()).isEqualTo(Kind.TIMEOUT);
                assertThat(failure(call).sent()).isFalse();
            });
            assertThat(asked.get()).isEqualTo(NameLookups.PER_DOMAIN);
        }
    }

    @Tag("W54")
    @Test
    void where_too_many_names_of_a_domain_wait_a_further_one_is_unknown() throws Exception {
        try (NameLookups names = new NameLookups(resolver)) {
            for (int i = 0; i < NameLookups.PER_DOMAIN + NameLookups.MOST_WAITING; i++) {
                assertThat(names.begin("silent" + i + ".owner.com")).isNotDone();
            }

            assertThatThrownBy(() -> names.lookup("silent.owner.com")).isInstanceOf(UnknownHostException.class);
        }
    }

    @Tag("W54")
    @Test
    void calls_for_one_name_share_a_lookup_and_a_name_that_has_resolved_keeps_its_threads() throws Exception {
        try (NameLookups names = new NameLookups(resolver)) {
            names.lookup("hooks.owner.com");
            assertThat(names.begin("silent.owner.com")).isSameAs(names.begin("silent.owner.com"));
            for (int i = 0; i < 2 * NameLookups.OTHER_THREADS; i++) {
                assertThat(names.begin("silent.owner" + i + ".com")).isNotDone();
            }

            assertThat(names.lookup("hooks.owner.com")).containsExactly(LOOPBACK);
        }
    }
}
