package dev.matrix.refunds.bitcoin;

import static java.util.Objects.requireNonNull;

import dev.matrix.refunds.RefundDestination;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.PayoutCustody;
import dev.matrix.refunds.spi.PayoutCustody.PayoutOrder;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import java.util.Optional;

/** Refunds in Bitcoin, paid out by a custodian. Immutable, thread-safe as far as the custodian is. */
public final class BitcoinRefunds implements RefundProvider {

    private static final ProviderCapabilities CAPABILITIES = ProviderCapabilities.defaults()
            .withCurrency("BTC", 8)
            .withKeyLifetime(ProviderCapabilities.FOREVER)
            .withDestination();

    private final PayoutCustody custody;
    private final BitcoinNetwork network;

    private BitcoinRefunds(PayoutCustody custody, BitcoinNetwork network) {
        this.custody = custody;
        this.network = network;
    }

    /** Paid out by this custodian to addresses of that network. */
    public static BitcoinRefunds through(PayoutCustody custody, BitcoinNetwork network) {
        return new BitcoinRefunds(requireNonNull(custody, "custody"), requireNonNull(network, "network"));
    }

    @Override
    public String name() {
        return "bitcoin";
    }

    @Override
    public ProviderCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Optional<String> destinationProblem(RefundDestination to) {
        return to.address().isEmpty()
                ? Optional.of("An address of Bitcoin's is needed, in the field address.")
                : network.problem(to.address().get());
    }

    @Override
    public ProviderResult submit(RefundCommand command, ProviderContext context) {
        RefundDestination to = command.destination();
        if (to == null || destinationProblem(to).isPresent()) {
            return new ProviderResult.Declined(
                    DeclineCode.DESTINATION_INVALID,
                    "A refund in Bitcoin needs an address of " + network + ".",
                    null,
                    ProviderFacts.none());
        }
        return custody.send(
                new PayoutOrder(command.ownReference(), name(), to.address().orElseThrow(), command.amount()), context);
    }

    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        return custody.find(probe, context);
    }

    @Override
    public String toString() {
        return "BitcoinRefunds[" + network + "]";
    }
}
