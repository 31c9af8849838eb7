package dev.matrix.refunds.tron;

import static java.util.Objects.requireNonNull;

import dev.matrix.refunds.RefundDestination;
import dev.matrix.refunds.bitcoin.Base58;
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

/** Refunds in USDT on TRON, paid out by a custodian. Immutable, thread-safe as far as the custodian is. */
public final class TronRefunds implements RefundProvider {

    private static final String NETWORK = "tron";
    private static final int VERSION = 0x41;
    private static final int LENGTH = 34;
    private static final int BYTES = 21;
    private static final ProviderCapabilities CAPABILITIES = ProviderCapabilities.defaults()
            .withCurrency("USDT", 6)
            .withKeyLifetime(ProviderCapabilities.FOREVER)
            .withDestination();

    private final PayoutCustody custody;

    private TronRefunds(PayoutCustody custody) {
        this.custody = custody;
    }

    /** Paid out by this custodian. */
    public static TronRefunds through(PayoutCustody custody) {
        return new TronRefunds(requireNonNull(custody, "custody"));
    }

    @Override
    public String name() {
        return "tron";
    }

    @Override
    public ProviderCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Optional<String> destinationProblem(RefundDestination to) {
        String address = to.address().orElse("");
        byte[] payload = address.length() == LENGTH ? Base58.checked(address) : null;
        return payload != null && payload.length == BYTES && payload[0] == VERSION
                ? Optional.empty()
                : Optional.of(
                        "An address of TRON's begins with T and has 34 characters, the last of which are a checksum.");
    }

    @Override
    public ProviderResult submit(RefundCommand command, ProviderContext context) {
        RefundDestination to = command.destination();
        if (to == null || destinationProblem(to).isPresent()) {
            return new ProviderResult.Declined(
                    DeclineCode.DESTINATION_INVALID,
                    "A refund on TRON needs an address of TRON's.",
                    null,
                    ProviderFacts.none());
        }
        return custody.send(
                new PayoutOrder(command.ownReference(), NETWORK, to.address().orElseThrow(), command.amount()),
                context);
    }

    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        return custody.find(probe, context);
    }

    @Override
    public String toString() {
        return "TronRefunds";
    }
}
