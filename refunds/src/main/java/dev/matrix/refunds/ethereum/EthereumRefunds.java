package dev.matrix.refunds.ethereum;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency;
import dev.matrix.refunds.RefundDestination;
import dev.matrix.refunds.ethereum.Preflight.Plan;
import dev.matrix.refunds.ethereum.Preflight.Price;
import dev.matrix.refunds.spi.CryptoTransactionStore.CryptoTransaction;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.JsonRpc;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refunds in Ether or in an ERC-20 token, from one address. Each refund is one nonce: it is signed once, sent again as the same bytes
 * where it was dropped, and replaced at the same nonce with a higher fee where it waits too long, so one transaction at most can be
 * mined. It has succeeded once its block is final. The paying address belongs to one Matrix: nothing else may send from it.
 */
public final class EthereumRefunds implements RefundProvider {

    private static final Duration BUMP = Duration.ofMinutes(10);
    private static final BigInteger TRANSFER_GAS = BigInteger.valueOf(21_000);
    private static final BigInteger USUAL_CAP = BigInteger.valueOf(200_000_000_000L);
    private static final String ZERO = "0x0000000000000000000000000000000000000000";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{1,31}");

    private final String name;
    private final JsonRpc rpc;
    private final Preflight preflight;
    private final EthereumSigner signer;

    private EthereumRefunds(String name, JsonRpc rpc, Preflight preflight, EthereumSigner signer) {
        this.name = name;
        this.rpc = rpc;
        this.preflight = preflight;
        this.signer = signer;
    }

    /**
     * Refunds in Ether.
     *
     * @param node the address of a node's JSON-RPC, https
     * @param chainId of the chain, 1 for Ethereum itself; nothing is signed where the node is of another
     */
    public static EthereumRefunds ether(URI node, long chainId, EthereumSigner signer) {
        return of("ethereum", node, chainId, Asset.ether(), signer);
    }

    /**
     * Refunds in an ERC-20 token.
     *
     * @param currency the token as the Matrix knows it; its decimals are the contract's, so 6 for USDT
     * @param contract the token's contract
     */
    public static EthereumRefunds token(
            URI node, long chainId, Currency currency, String contract, EthereumSigner signer) {
        EthereumAddress.problem(contract).ifPresent(problem -> {
            throw new InvalidRequestException("The token's contract: " + problem);
        });
        return of(
                "ethereum-" + currency.code().toLowerCase(Locale.ROOT),
                node,
                chainId,
                Asset.token(currency, contract),
                signer);
    }

    private static EthereumRefunds of(String name, URI node, long chainId, Asset asset, EthereumSigner signer) {
        if (chainId < 1) {
            throw new InvalidRequestException("A chain's id is 1 or more; " + chainId + " was given.");
        }
        String path = node.getRawPath() == null ? "" : node.getRawPath();
        URI root = node.resolve("/");
        return new EthereumRefunds(
                name,
                JsonRpc.over(ProviderApi.at(root), path.isEmpty() ? "/" : path),
                new Preflight(asset, chainId, false, false, USUAL_CAP),
                requireNonNull(signer, "signer"));
    }

    /** Another name than {@code ethereum} or {@code ethereum-usdt}. */
    public EthereumRefunds named(String other) {
        if (!NAME.matcher(other).matches()) {
            throw new InvalidRequestException("A provider's name matches " + NAME + ".");
        }
        return new EthereumRefunds(other, rpc, preflight, signer);
    }

    /** Transactions with one price for gas (EIP-155), for chains without EIP-1559. */
    public EthereumRefunds legacy() {
        Preflight p = preflight;
        return new EthereumRefunds(
                name, rpc, new Preflight(p.asset(), p.chainId(), true, p.contracts(), p.cap()), signer);
    }

    /** Pays contracts too, such as wallets of several signers; by default they are refused, as many can't move what they get. */
    public EthereumRefunds payingContracts() {
        Preflight p = preflight;
        return new EthereumRefunds(name, rpc, new Preflight(p.asset(), p.chainId(), p.legacy(), true, p.cap()), signer);
    }

    /** At most so many wei per gas; 200 gwei by default. While gas costs more, refunds wait. */
    public EthereumRefunds feeCap(BigInteger weiPerGas) {
        if (weiPerGas.signum() <= 0) {
            throw new InvalidRequestException("A fee cap is above 0 wei per gas.");
        }
        Preflight p = preflight;
        return new EthereumRefunds(
                name, rpc, new Preflight(p.asset(), p.chainId(), p.legacy(), p.contracts(), weiPerGas), signer);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProviderCapabilities capabilities() {
        return ProviderCapabilities.defaults()
                .withCurrency(preflight.asset().currency(), preflight.asset().decimals())
                .withKeyLifetime(ProviderCapabilities.FOREVER)
                .withAbsenceReliableAfter(Duration.ofMinutes(1))
                .withResubmitPendingAfter(BUMP)
                .withDestination()
                .withCancel();
    }

    @Override
    public Optional<String> destinationProblem(RefundDestination to) {
        String address = to.address().orElse(null);
        if (address == null) {
            return Optional.of("An address of Ethereum's is needed, in the field address.");
        }
        String contract = preflight.asset().contract();
        if (address.equalsIgnoreCase(ZERO)) {
            return Optional.of("What is sent to the zero address is lost.");
        }
        if (address.equalsIgnoreCase(signer.address())) {
            return Optional.of("That is the paying address itself.");
        }
        return contract != null && address.equalsIgnoreCase(contract)
                ? Optional.of("That is the token's own contract: what is sent to it is lost.")
                : EthereumAddress.problem(address);
    }

    private Outgoing outgoing() {
        return new Outgoing("ethereum:" + preflight.chainId(), signer);
    }

    @Override
    public ProviderResult submit(RefundCommand command, ProviderContext context) {
        EthereumNode node = new EthereumNode(rpc, context);
        List<CryptoTransaction> before = outgoing().of(context, command.ownReference());
        CryptoTransaction living = Outgoing.newest(before);
        if (living != null) {
            return again(node, before, living, command, context);
        }
        RefundDestination to = command.destination();
        String problem = to == null
                ? "A refund on a chain needs a destination."
                : destinationProblem(to).orElse(null);
        if (to == null || problem != null) {
            return new ProviderResult.Declined(
                    DeclineCode.DESTINATION_INVALID, String.valueOf(problem), null, ProviderFacts.none());
        }
        CryptoTransaction first;
        try {
            Plan plan = preflight.plan(
                    node,
                    signer.address(),
                    to.address().orElseThrow(),
                    command.amount().minorUnits());
            if (plan.transaction() == null) {
                return requireNonNull(plan.refusal());
            }
            long nonce = node.nonce(signer.address(), "pending");
            first = outgoing().first(context, command.ownReference(), plan.transaction(), nonce);
        } catch (NodeException unanswered) {
            return unanswered.beforeSigning();
        }
        return send(node, first, context);
    }

    /** The leg has bytes: they are sent again, or replaced by dearer ones where the node has had them long enough. */
    private ProviderResult again(
            EthereumNode node,
            List<CryptoTransaction> before,
            CryptoTransaction living,
            RefundCommand command,
            ProviderContext context) {
        try {
            ProviderResult.Known mined = mined().state(node, before, command.amount(), context);
            if (mined != null) {
                return mined;
            }
            boolean waited = !context.clock().instant().isBefore(living.at().plus(BUMP));
            if (waited && living.hash() != null && node.knows(living.hash())) {
                EthereumTransaction old = EthereumTransaction.of(living.fields());
                Price price = preflight.price(node).above(old);
                if (price.maxFee().compareTo(preflight.cap()) <= 0) {
                    CryptoTransaction dearer =
                            outgoing().replace(context, living, fields -> fields.priced(price.tip(), price.maxFee()));
                    return send(node, dearer, context);
                }
                return Mined.waiting(living.hash(), "pending", context);
            }
        } catch (NodeException unanswered) {
            return new ProviderResult.Unknown(String.valueOf(unanswered.getMessage()));
        }
        return send(node, living, context);
    }

    private Mined mined() {
        return new Mined(preflight.asset(), signer.address());
    }

    private ProviderResult send(EthereumNode node, CryptoTransaction row, ProviderContext context) {
        CryptoTransaction signed = outgoing().signed(context, row);
        String hash = requireNonNull(signed.hash(), "hash");
        try {
            node.send(requireNonNull(signed.raw(), "raw"));
        } catch (NodeException said) {
            // "Already known" and "nonce too low" can mean that it was sent before: the hash tells, the message
            // doesn't.
            return known(node, hash, String.valueOf(said.getMessage()), context);
        }
        return Mined.waiting(hash, "pending", context);
    }

    private static ProviderResult known(EthereumNode node, String hash, String said, ProviderContext context) {
        try {
            return node.knows(hash) ? Mined.waiting(hash, "pending", context) : new ProviderResult.Unknown(said);
        } catch (NodeException unanswered) {
            return new ProviderResult.Unknown(said);
        }
    }

    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        List<CryptoTransaction> all = outgoing().of(context, outgoing().leg(context, probe));
        List<CryptoTransaction> living = all.stream().filter(row -> !row.dead()).toList();
        if (living.isEmpty()) {
            return new LookupResult.Absent();
        }
        EthereumNode node = new EthereumNode(rpc, context);
        try {
            ProviderResult.Known mined = mined().state(node, living, probe.amount(), context);
            if (mined != null) {
                return new LookupResult.Found(mined);
            }
            for (CryptoTransaction row : living) {
                if (row.hash() != null && node.knows(row.hash())) {
                    return new LookupResult.Found(Mined.waiting(row.hash(), "pending", context));
                }
            }
            String finalBlock = "0x" + node.finalBlock().max(BigInteger.ZERO).toString(16);
            if (node.nonce(signer.address(), finalBlock) > living.get(0).nonce()) {
                mined = mined().state(node, living, probe.amount(), context);
                if (mined != null) {
                    return new LookupResult.Found(mined);
                }
                // Somebody else's transaction has this nonce for good, so these bytes can never be mined.
                outgoing().end(context, living);
            }
            return new LookupResult.Absent();
        } catch (NodeException unanswered) {
            return unanswered.lookup();
        }
    }

    /** Puts a transaction without value in the payment's place; only when that is final is the refund cancelled. */
    @Override
    public ProviderResult cancel(RefundProbe probe, ProviderContext context) {
        CryptoTransaction living = Outgoing.newest(outgoing().of(context, probe.ownReference()));
        if (living == null) {
            return new ProviderResult.Unknown("Nothing was signed for this refund.");
        }
        EthereumNode node = new EthereumNode(rpc, context);
        try {
            EthereumTransaction old = EthereumTransaction.of(living.fields());
            Price price = preflight.price(node).above(old);
            CryptoTransaction empty = outgoing()
                    .replace(
                            context,
                            living,
                            fields -> fields.cancellation(signer.address(), TRANSFER_GAS)
                                    .priced(price.tip(), price.maxFee()));
            return send(node, empty, context);
        } catch (NodeException unanswered) {
            return new ProviderResult.Unknown(String.valueOf(unanswered.getMessage()));
        }
    }

    /** The name, the paying address and the node's host. */
    @Override
    public String toString() {
        return "EthereumRefunds[" + name + ", " + signer.address() + ", " + rpc + "]";
    }
}
