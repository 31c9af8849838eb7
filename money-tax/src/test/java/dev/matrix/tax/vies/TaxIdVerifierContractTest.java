package dev.matrix.tax.vies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.tax.spi.TaxIdVerifier;
import dev.matrix.tax.spi.TaxIdVerifierContract;
import dev.matrix.testkit.ScriptedTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** VIES's verifier keeps the contract, which fails on one that takes whatever comes for an answer. */
class TaxIdVerifierContractTest implements TaxIdVerifierContract {

    private static HttpReply ok(String body) {
        return ScriptedTransport.reply(200, Map.of(), body);
    }

    @Override
    public TaxIdVerifier verifier() {
        return ViesVerifier.create();
    }

    @Override
    public TaxId id() {
        return TaxId.parse("GR093141591");
    }

    @Override
    public TaxId requester() {
        return TaxId.parse("DE136695976");
    }

    @Override
    public HttpReply valid(HttpCall call) {
        return ok("{\"valid\":true,\"requestIdentifier\":\"WAPIAAAAXYZ1234\"}");
    }

    @Override
    public HttpReply invalid(HttpCall call) {
        return ok("{\"valid\":false,\"requestIdentifier\":\"\",\"userError\":\"INVALID\"}");
    }

    /** As one would write it at first: whatever doesn't say yes says no. */
    private record Naive(int tries) implements TaxIdVerifier {

        @Override
        public Set<String> prefixes() {
            return Set.of("EL", "Greece");
        }

        @Override
        public TaxIdAnswer verify(TaxId id, @Nullable TaxId requester, HttpTransport transport) {
            HttpCall call = new HttpCall(
                    "GET",
                    URI.create("http://register.example/" + id.number()),
                    Map.of(),
                    new byte[0],
                    Duration.ofMinutes(5),
                    1 << 20,
                    new HttpCall.Reach.Any());
            String lost = "";
            for (int i = 0; i < tries; i++) {
                try {
                    String body = new String(transport.call(call).body(), UTF_8);
                    return body.contains("\"valid\":true") ? new TaxIdAnswer.Valid("") : new TaxIdAnswer.Invalid(null);
                } catch (TransportException e) {
                    lost = e.kind().name();
                }
            }
            return new TaxIdAnswer.Unavailable(lost + " about " + id.number());
        }
    }

    private static final TaxIdVerifierContract NAIVE = new TaxIdVerifierContractTest() {
        @Override
        public TaxIdVerifier verifier() {
            return new Naive(3);
        }
    };

    @Test
    void itFindsSilenceThatIsTakenForNo() {
        assertThatThrownBy(NAIVE::aServerInTroubleGivesNoAnswer).isInstanceOf(AssertionError.class);
        assertThatThrownBy(NAIVE::anAnswerOfAnotherKindIsNoAnswer).isInstanceOf(AssertionError.class);
        assertThatThrownBy(NAIVE::anAnswerThatBrokeOffIsNoAnswer).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneThatRepeatsItself() {
        assertThatThrownBy(NAIVE::itAsksOnceByHttpsForHalfAMinuteAtMost).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsTheIdInWhatIsLogged() {
        assertThatThrownBy(NAIVE::aTransportThatFailsIsNoAnswer).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsAPrefixThatIsNone() {
        assertThatThrownBy(NAIVE::itAnswersForPrefixesOfTwoLettersAndTheyStayTheSame)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsAConsultationNumberThatIsEmpty() {
        assertThatThrownBy(NAIVE::anIdThatTheRegisterKnowsIsValid).isInstanceOf(AssertionError.class);
    }
}
