package dev.matrix.examples.benchmarks.refunds;

import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;

/** Pays at once, within this process: what is left is the engine's own cost. */
final class InstantRefunds implements RefundProvider {

    @Override
    public String name() {
        return "instant";
    }

    @Override
    public ProviderCapabilities capabilities() {
        return ProviderCapabilities.defaults().local().withKeyLifetime(ProviderCapabilities.FOREVER);
    }

    @Override
    public ProviderResult submit(RefundCommand command, ProviderContext context) {
        return new ProviderResult.Succeeded(command.ownReference(), ProviderFacts.none());
    }

    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        return new LookupResult.Found(new ProviderResult.Succeeded(probe.ownReference(), ProviderFacts.none()));
    }
}
