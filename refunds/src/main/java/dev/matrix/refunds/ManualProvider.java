package dev.matrix.refunds;

import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;

/** Refunds that a person makes, such as by a bank's own page: each waits for {@link Refunds#resolve}. */
final class ManualProvider implements RefundProvider {

    static final String NAME = "manual";

    private static final ProviderCapabilities CAPABILITIES =
            ProviderCapabilities.defaults().local().withKeyLifetime(ProviderCapabilities.FOREVER);
    private static final ProviderResult.Pending WAITING = new ProviderResult.Pending(
            null,
            null,
            new ProviderResult.CustomerAction(
                    "Make this refund by hand, then record what came of it by resolving its leg.", null, null),
            ProviderFacts.none());

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
        return WAITING;
    }

    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        return new LookupResult.Found(WAITING);
    }
}
