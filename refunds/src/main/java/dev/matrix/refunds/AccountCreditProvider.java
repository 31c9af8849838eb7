package dev.matrix.refunds;

import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;

/** Pays refunds into the customer's credit balance: an entry per leg is both the execution and what a look-up finds. */
record AccountCreditProvider(StoredCredits credits) implements RefundProvider {

    static final String NAME = "account_credit";

    private static final ProviderCapabilities CAPABILITIES =
            ProviderCapabilities.defaults().local().withKeyLifetime(ProviderCapabilities.FOREVER);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ProviderCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public ProviderResult submit(RefundCommand command, ProviderContext context) {
        credits.payIn(command.owner(), command.amount(), command.ownReference());
        return new ProviderResult.Succeeded(command.ownReference(), ProviderFacts.ofAmount(command.amount()));
    }

    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        return credits.paidIn(probe.ownReference())
                ? new LookupResult.Found(new ProviderResult.Succeeded(probe.ownReference(), ProviderFacts.none()))
                : new LookupResult.Absent();
    }
}
