package dev.matrix.tax.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.tax.TaxId;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.ScriptedTransport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a {@link TaxIdVerifier} promises: the register's own word and nothing else. Whoever takes silence for "invalid" charges a business
 * tax that it doesn't owe; whoever takes it for "valid" charges none where it is owed.
 */
public interface TaxIdVerifierContract {

    /** The verifier under test; each call makes it new. */
    TaxIdVerifier verifier();

    /** An id of one of its prefixes, which {@link #valid} and {@link #invalid} are about. */
    TaxId id();

    /** What the register answers where it knows the id. */
    HttpReply valid(HttpCall call);

    /** What the register answers where it says itself that it doesn't know the id. */
    HttpReply invalid(HttpCall call);

    /** Somebody who asks; of a prefix that the register takes as a requester's. */
    default @Nullable TaxId requester() {
        return null;
    }

    private TaxIdAnswer verify(HttpTransport transport) {
        return verifier().verify(id(), requester(), transport);
    }

    private void assertUnavailable(String trouble, HttpTransport transport) {
        TaxIdAnswer answer = verify(transport);
        assertThat(answer).as("after %s", trouble).isInstanceOf(TaxIdAnswer.Unavailable.class);
        assertThat(((TaxIdAnswer.Unavailable) answer).why())
                .as("why, after %s", trouble)
                .isNotBlank()
                .doesNotContain(id().number());
    }

    private static void assertStorable(@Nullable String consultationNumber) {
        if (consultationNumber != null) {
            assertThat(consultationNumber).isNotBlank().hasSizeLessThanOrEqualTo(255);
        }
    }

    @Test
    default void itAnswersForPrefixesOfTwoLettersAndTheyStayTheSame() {
        assertThat(verifier().prefixes())
                .isNotEmpty()
                .isEqualTo(verifier().prefixes())
                .contains(id().prefix())
                .allSatisfy(prefix -> assertThat(prefix).matches("[A-Z]{2}"));
    }

    @Test
    @Tag("I2")
    default void anIdThatTheRegisterKnowsIsValid() {
        TaxIdAnswer answer = verify(ScriptedTransport.answering(this::valid));

        assertThat(answer).isInstanceOf(TaxIdAnswer.Valid.class);
        assertStorable(((TaxIdAnswer.Valid) answer).consultationNumber());
    }

    @Test
    @Tag("I2")
    default void anIdThatTheRegisterDoesNotKnowIsInvalid() {
        TaxIdAnswer answer = verify(ScriptedTransport.answering(this::invalid));

        assertThat(answer).isInstanceOf(TaxIdAnswer.Invalid.class);
        assertStorable(((TaxIdAnswer.Invalid) answer).consultationNumber());
    }

    @Test
    @Tag("I2")
    default void nobodyInParticularMayAsk() {
        assertThat(verifier().verify(id(), null, ScriptedTransport.answering(this::valid)))
                .isInstanceOf(TaxIdAnswer.Valid.class);
    }

    @Test
    @Tag("I2")
    default void aTransportThatFailsIsNoAnswer() {
        for (TransportException.Kind kind : TransportException.Kind.values()) {
            assertUnavailable(kind + " of the transport", ScriptedTransport.failing(kind, true));
        }
    }

    @Test
    @Tag("I2")
    default void aServerInTroubleGivesNoAnswer() {
        for (int status : List.of(429, 500, 502, 503, 504)) {
            assertUnavailable("status " + status, ScriptedTransport.replying(ScriptedTransport.reply(status)));
        }
    }

    @Test
    @Tag("I2")
    default void anAnswerOfAnotherKindIsNoAnswer() {
        for (String body : List.of("", "null", "[]", "{}", "<html><body>Maintenance</body></html>", "\0")) {
            assertUnavailable(
                    "status 200 with the body '" + body + "'",
                    ScriptedTransport.replying(ScriptedTransport.reply(200, Map.of(), body)));
        }
    }

    @Test
    @Tag("I2")
    default void anAnswerThatBrokeOffIsNoAnswer() {
        for (HttpReply.End end : List.of(HttpReply.End.FAILED, HttpReply.End.TRUNCATED)) {
            assertUnavailable("a body that is " + end, ScriptedTransport.answering(call -> {
                HttpReply whole = invalid(call);
                byte[] half = Arrays.copyOf(whole.body(), whole.body().length / 2);
                return new HttpReply(whole.status(), whole.headers(), half, end, whole.remoteAddress(), whole.timing());
            }));
        }
    }

    @Test
    default void itAsksOnceByHttpsForHalfAMinuteAtMost() {
        ScriptedTransport failing = ScriptedTransport.failing(TransportException.Kind.TIMEOUT, true);

        verify(failing);

        assertThat(failing.calls()).as("its caller repeats, later").hasSize(1);
        HttpCall call = failing.calls().get(0);
        assertThat(call.uri().getScheme()).isEqualTo("https");
        assertThat(call.timeout()).isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(call.replyCap()).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    default void severalThreadsMayAskAtOnce() {
        TaxIdVerifier shared = verifier();
        List<OtherThread<TaxIdAnswer>> threads = IntStream.range(0, 4)
                .mapToObj(n -> OtherThread.running(() -> shared.verify(
                        id(),
                        requester(),
                        n % 2 == 0
                                ? ScriptedTransport.answering(this::valid)
                                : ScriptedTransport.answering(this::invalid))))
                .toList();

        for (int n = 0; n < threads.size(); n++) {
            assertThat(threads.get(n).join())
                    .isInstanceOf(n % 2 == 0 ? TaxIdAnswer.Valid.class : TaxIdAnswer.Invalid.class);
        }
    }
}
