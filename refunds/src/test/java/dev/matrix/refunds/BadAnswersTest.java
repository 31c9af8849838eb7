package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.TransportException;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.ProviderStand.Behaviour;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundLegStore;
import dev.matrix.refunds.spi.RefundSecretStore;
import dev.matrix.testkit.ScriptedTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a bank answers: nothing is lost, nothing is guessed, and no secret gets into a text. */
class BadAnswersTest extends Flow {

    private final Refunds refunds =
            Refunds.on(matrix).provider(BankRefunds.sound()).build();

    @Override
    Refunds refunds() {
        return refunds;
    }

    private static HttpReply reply(int status, String body) {
        return ScriptedTransport.reply(status, Map.of("Location", List.of("https://evil.example/")), body);
    }

    private static Map<String, Function<HttpCall, HttpReply>> answers() {
        Map<String, Function<HttpCall, HttpReply>> all = new LinkedHashMap<>();
        all.put("garbage", call -> reply(200, "\0\uFFFD;;=;==;id"));
        all.put("HTML", call -> reply(200, "<!doctype html><title>Sign in</title>"));
        all.put("a redirect", call -> reply(302, ""));
        all.put("an error page of a proxy", call -> reply(404, "<html>no such host</html>"));
        all.put("more than the cap", call -> {
            throw new TransportException(
                    TransportException.Kind.OTHER, true, "The reply is longer than 65536 bytes.", null);
        });
        all.put("an exception with a secret in it", call -> {
            throw new IllegalStateException("Bearer " + BankRefunds.SECRET);
        });
        all.put("an Error", call -> {
            throw new AssertionError(BankRefunds.SECRET);
        });
        return all;
    }

    @Test
    @Tag("R54")
    @Tag("R53")
    @Tag("A57")
    void whateverABankAnswersTheAmountStaysReservedAndALegIsLookedUp() {
        answers().forEach((name, answer) -> {
            Stores own = Stores.inMemory(clock);
            try (Matrix node = TestNode.matrix(own, clock, ScriptedTransport.answering(answer))) {
                Refunds all = Refunds.on(node).provider(BankRefunds.sound()).build();
                TestNode.record(all, bank, "pay_1", "100.00");
                Refund refund = accepted(all.refund(exact("60.00", "k")));
                TestNode.drive(node);

                Refund after = all.find(refund.id()).orElseThrow();
                assertThat(after.status()).as(name).isEqualTo(RefundStatus.UNKNOWN);
                RefundablePayment payment = all.payments().find("pay_1").orElseThrow();
                assertThat(payment.reserved()).as(name).isEqualTo(eur("60.00"));
                assertThat(after.legs().get(0).nextAt())
                        .as(name)
                        .isEqualTo(clock.instant().plusSeconds(10));
                Stream.of(after, all.history(refund.id()), node.events().page(EventQuery.all(), PageRequest.first(100)))
                        .forEach(text -> assertThat(text.toString()).as(name).doesNotContain(BankRefunds.SECRET));
            }
        });
    }

    private static HttpCall call(Duration timeout) {
        return new HttpCall(
                "GET",
                URI.create("https://bank.example/"),
                Map.of(),
                new byte[0],
                timeout,
                1 << 10,
                new HttpCall.Reach.Any());
    }

    @Test
    @Tag("R53")
    void allCallsOfAProviderEndWithTheOneTimeout() {
        List<Duration> given = new ArrayList<>();
        HttpTransport far = ScriptedTransport.answering(call -> {
            given.add(call.timeout());
            clock.advance(Duration.ofSeconds(20));
            return reply(200, "");
        });
        try (HttpTransport bounded = new DeadlineTransport(far, clock, Duration.ofSeconds(30))) {
            bounded.call(call(Duration.ofMinutes(5)));
            bounded.call(call(Duration.ofMinutes(5)));
            TransportException over =
                    (TransportException) catchThrowable(() -> bounded.call(call(Duration.ofSeconds(1))));
            assertThat(over.sent()).as("nothing is sent after it").isFalse();
        }
        assertThat(given).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    @Test
    @Tag("R53")
    @Tag("R19")
    void nobodyResolvesALegWhileACallOfItMayBeUnderWay() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.always(Behaviour.ERROR_BEFORE_EXECUTION);
        Refund refund = accepted(refunds.refund(exact("60.00", "k")));
        TestNode.drive(matrix);
        for (int hours = 0; hours < 26; hours++) {
            after(Duration.ofHours(1));
        }
        assertThat(now(refund).attention()).contains(Attention.REVIEW);
        String leg = refund.legs().get(0).id();
        boolean claimed = stores.transactions()
                .<Boolean>returning(tx -> stores.get(RefundLegStore.class)
                        .claim(tx, leg, clock.instant(), Duration.ofSeconds(90))
                        .isPresent());
        assertThat(claimed).isTrue();
        assertThatThrownBy(() -> refunds.resolve(leg, new LegResolution.NotExecuted(), "ann", null))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("working on");
        clock.advance(Duration.ofSeconds(90));
        assertThat(refunds.resolve(leg, new LegResolution.NotExecuted(), "ann", null)
                        .status())
                .isEqualTo(RefundStatus.FAILED);
        assertThat(payment().reserved().isZero()).isTrue();
    }

    @Test
    @Tag("A37")
    void noTextOfATypeThatHoldsASecretShowsIt() {
        RefundDestination destination = new RefundDestination(Map.of("iban", "DE02120300000000202051"));
        Evidence evidence = new Evidence(
                Map.of("name", "Alice Secret"),
                List.of(new Evidence.File(
                        "receipt", "alice.pdf", "application/pdf", "Alice Secret".getBytes(StandardCharsets.UTF_8))));
        Instant at = clock.instant();
        RefundCommand command = new RefundCommand(
                "rfl_1",
                "rfl_1",
                "ref_1",
                "pay_1",
                Owner.user("u"),
                "c1",
                Map.of(),
                eur("1.00"),
                RefundReason.GOODWILL,
                destination,
                Map.of(),
                1);
        for (Object holder : List.of(
                destination,
                evidence,
                command,
                exact("1.00", "k").to(destination),
                new InboundNotification(
                        Map.of("Signature", List.of("Alice Secret")),
                        "Alice Secret".getBytes(StandardCharsets.UTF_8),
                        at),
                new RefundSecretStore.SecretRow(
                        RefundSecretStore.Kind.EVIDENCE, "dsp_1", 0, Owner.user("u"), new byte[] {1}, at),
                new DisputeProvider.DisputeCommand("du_1", "k", null),
                bank.context(),
                BankRefunds.sound())) {
            assertThat(holder.toString())
                    .doesNotContain("DE0212")
                    .doesNotContain("Alice Secret")
                    .doesNotContain(BankRefunds.SECRET);
        }
    }
}
