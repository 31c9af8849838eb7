package dev.matrix.examples.platform;

import dev.matrix.refunds.Evidence;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.DisputeLookup;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.DisputeResult;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A refund provider to try things out with: no money moves. The amount's last two digits choose what happens: 13 is declined,
 * 17 stays pending until it is looked up, 19 is unknown until it is looked up, anything else succeeds. It remembers what it
 * paid as long as the process lives, so a refund that was unknown at a restart is sent again under its key.
 */
final class SandboxRefunds implements RefundProvider {

    private static final long DIGITS = 100;
    private static final ProviderCapabilities CAPABILITIES =
            ProviderCapabilities.defaults().local().withKeyLifetime(ProviderCapabilities.FOREVER);

    private final Map<String, ProviderResult.Succeeded> paid = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public ProviderCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public ProviderResult submit(RefundCommand command, ProviderContext context) {
        ProviderFacts facts = ProviderFacts.ofAmount(command.amount());
        int digits =
                command.amount().minorUnits().mod(BigInteger.valueOf(DIGITS)).intValue();
        if (digits == 13) {
            return new ProviderResult.Declined(DeclineCode.NOT_REFUNDABLE, "The sandbox declines …13.", null, facts);
        }
        ProviderResult.Succeeded success = new ProviderResult.Succeeded("sbx_" + command.ownReference(), facts);
        paid.put(command.ownReference(), success);
        return switch (digits) {
            case 17 ->
                new ProviderResult.Pending(
                        success.providerRef(), context.clock().instant(), null, facts);
            case 19 -> new ProviderResult.Unknown("The sandbox loses the answer of …19.");
            default -> success;
        };
    }

    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        ProviderResult.Succeeded success = paid.get(probe.ownReference());
        return success == null ? new LookupResult.Absent() : new LookupResult.Found(success);
    }

    /** It shows no disputes of its own; what is recorded of one can be answered, and the answer stays without consequences. */
    @Override
    public Optional<DisputeProvider> disputes() {
        return Optional.of(new Desk());
    }

    private static final class Desk implements DisputeProvider {

        @Override
        public DisputeLookup fetch(String disputeRef, ProviderContext context) {
            return new DisputeLookup.Absent();
        }

        @Override
        public DisputeResult submitEvidence(DisputeCommand command, Evidence evidence, ProviderContext context) {
            return new DisputeResult.Pending();
        }

        @Override
        public DisputeResult accept(DisputeCommand command, ProviderContext context) {
            return new DisputeResult.Pending();
        }
    }
}
