package dev.matrix.examples.customprovider;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.money.spi.RateSource;
import dev.matrix.money.spi.RateSourceContract;
import dev.matrix.testkit.ScriptedTransport;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** Northbank's rates keep the published contract. */
class NorthbankRatesTest implements RateSourceContract {

    @Override
    public RateSource source() {
        return new NorthbankRates(URI.create("https://rates.northbank.example/fixing.csv"));
    }

    @Override
    public HttpReply answer(HttpCall call) {
        return ScriptedTransport.reply(200, Map.of(), "2026-01-05;EUR;USD;1.0842\n2026-01-05;EUR;NOK;11.7325\n");
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-01-05T12:00:00Z");
    }
}
