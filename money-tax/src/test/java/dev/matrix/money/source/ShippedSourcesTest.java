package dev.matrix.money.source;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.money.spi.RateSource;
import dev.matrix.money.spi.RateSourceContract;
import dev.matrix.testkit.ScriptedTransport;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The shipped sources keep the contract of every source. */
class ShippedSourcesTest {

    private static final Instant NOW = Instant.parse("2026-01-05T16:00:00Z");

    private interface AtFour extends RateSourceContract {

        @Override
        default Instant now() {
            return NOW;
        }
    }

    private static HttpReply ok(String body) {
        return ScriptedTransport.reply(200, Map.of(), body);
    }

    @Nested
    class EcbTest implements AtFour {

        @Override
        public RateSource source() {
            return EcbRates.create();
        }

        @Override
        public HttpReply answer(HttpCall call) {
            return ok("""
                    <?xml version="1.0" encoding="UTF-8"?>
                    <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
                        xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
                      <Cube>
                        <Cube time="2026-01-05"><Cube currency="USD" rate="1.0842"/><Cube currency="JPY" rate="163.2"/></Cube>
                        <Cube time="2026-01-02"><Cube currency="USD" rate="1.08"/></Cube>
                      </Cube>
                    </gesmes:Envelope>
                    """);
        }
    }

    @Nested
    class OpenExchangeRatesTest implements AtFour {

        @Override
        public RateSource source() {
            return OpenExchangeRates.withKey("s3cret");
        }

        @Override
        public HttpReply answer(HttpCall call) {
            return ok("{\"timestamp\":" + NOW.getEpochSecond()
                    + ",\"base\":\"USD\",\"rates\":{\"BTC\":1.3652638e-05,\"EUR\":0.8,\"JPY\":150.25,\"USD\":1}}");
        }

        @Override
        public Set<String> secrets() {
            return Set.of("s3cret");
        }
    }

    @Nested
    class CoinGeckoTest implements AtFour {

        @Override
        public RateSource source() {
            return CoinGeckoRates.withProKey("s3cret");
        }

        @Override
        public HttpReply answer(HttpCall call) {
            long seconds = NOW.getEpochSecond();
            return ok("{\"bitcoin\":{\"eur\":60000.5,\"usd\":65000,\"last_updated_at\":" + seconds
                    + "},\"tether\":{\"eur\":0.92,\"usd\":1.0001,\"last_updated_at\":" + (seconds - 30) + "}}");
        }

        @Override
        public Set<String> secrets() {
            return Set.of("s3cret");
        }
    }
}
