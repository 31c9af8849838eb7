package dev.matrix.examples.benchmarks.refunds;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.TransportException;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Returns money by a {@link CuttingBank}. */
record CuttingBankRefunds(URI bank) implements RefundProvider {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration BELIEVED = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "cutting";
    }

    @Override
    public ProviderCapabilities capabilities() {
        return ProviderCapabilities.defaults()
                .withCurrency("EUR", 2)
                .withKeyLifetime(ProviderCapabilities.FOREVER)
                .withAbsenceReliableAfter(BELIEVED);
    }

    private HttpCall call(String method, String path) {
        return new HttpCall(
                method, bank.resolve(path), Map.of(), new byte[0], TIMEOUT, 1 << 10, new HttpCall.Reach.Any());
    }

    @Override
    public ProviderResult submit(RefundCommand command, ProviderContext context) {
        String path = "/refunds/" + command.ownReference() + "?capture=" + command.captureRef() + "&cents="
                + command.amount().minorUnits();
        try {
            HttpReply reply = context.transport().call(call("PUT", path));
            return reply.status() == 200
                    ? new ProviderResult.Succeeded(command.ownReference(), ProviderFacts.ofAmount(command.amount()))
                    : new ProviderResult.Unknown("The bank answered " + reply.status() + ".");
        } catch (TransportException lost) {
            return lost.sent()
                    ? new ProviderResult.Unknown("The bank cut the connection.")
                    : new ProviderResult.NotExecuted(Attempted.NOT_SENT, "The bank was not reached.", null);
        }
    }

    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        try {
            HttpReply reply = context.transport().call(call("GET", "/refunds/" + probe.ownReference()));
            return switch (reply.status()) {
                case 200 ->
                    new LookupResult.Found(new ProviderResult.Succeeded(probe.ownReference(), ProviderFacts.none()));
                case 404 -> new LookupResult.Absent();
                default -> new LookupResult.Unavailable("The bank answered " + reply.status() + ".");
            };
        } catch (TransportException lost) {
            return new LookupResult.Unavailable("The bank did not answer.");
        }
    }
}
