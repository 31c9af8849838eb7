package dev.matrix.refunds.ethereum;

import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the node before anything is signed: whether it is of the right chain, whether the address may be paid, whether the
 * money is there, and what sending costs now.
 *
 * @param contracts whether contracts may be paid
 * @param cap at most per gas, in wei
 */
record Preflight(Asset asset, long chainId, boolean legacy, boolean contracts, BigInteger cap) {

    private static final BigInteger FIFTH = BigInteger.valueOf(5);
    // An account of a person that has delegated to a contract (EIP-7702): 3 bytes and an address.
    private static final Pattern DELEGATED = Pattern.compile("0xef0100[0-9a-f]{40}");

    /** What a transaction will look like; its nonce is still 0. */
    record Plan(
            @Nullable EthereumTransaction transaction,
            @Nullable ProviderResult refusal) {

        static Plan refused(ProviderResult refusal) {
            return new Plan(null, refusal);
        }
    }

    /** Plans a payment of {@code units} of the smallest unit. */
    Plan plan(EthereumNode node, String from, String to, BigInteger units) {
        BigInteger chain = node.chainId();
        if (!chain.equals(BigInteger.valueOf(chainId))) {
            return Plan.refused(new ProviderResult.NotExecuted(
                    Attempted.CONFIGURATION, "The node is of chain " + chain + " and not " + chainId + ".", null));
        }
        String code = node.code(to).toLowerCase(Locale.ROOT);
        if (!contracts && !code.equals("0x") && !DELEGATED.matcher(code).matches()) {
            return Plan.refused(declined(DeclineCode.DESTINATION_INVALID, "There is a contract at the address."));
        }
        String target = asset.target(to);
        BigInteger value = asset.value(units);
        byte[] data = asset.data(to, units);
        String contract = asset.contract();
        if (contract != null && node.tokenBalance(contract, from).compareTo(units) < 0) {
            return Plan.refused(unfunded("of " + asset.currency()));
        }
        BigInteger balance = node.balance(from);
        if (balance.compareTo(value) < 0) {
            return Plan.refused(unfunded("of ETH"));
        }
        BigInteger gas;
        try {
            BigInteger estimated =
                    node.gas(from, target, value, "0x" + HexFormat.of().formatHex(data));
            gas = data.length == 0 && code.equals("0x") ? estimated : estimated.add(estimated.divide(FIFTH));
        } catch (NodeException refused) {
            if (refused.isRevert()) {
                return Plan.refused(declined(DeclineCode.EXECUTION_REVERTED, "The contract refuses the transfer."));
            }
            throw refused;
        }
        Price price = price(node);
        if (price.maxFee().compareTo(cap) > 0) {
            return Plan.refused(new ProviderResult.NotExecuted(
                    Attempted.FEE_ABOVE_CAP,
                    "Gas costs " + price.maxFee() + " wei, more than the cap of " + cap + ".",
                    null));
        }
        return balance.compareTo(value.add(gas.multiply(price.maxFee()))) < 0
                ? Plan.refused(unfunded("of ETH for value and gas"))
                : new Plan(
                        new EthereumTransaction(
                                legacy, chainId, 0, price.tip(), price.maxFee(), gas, target, value, data),
                        null);
    }

    private static ProviderResult declined(DeclineCode code, String message) {
        return new ProviderResult.Declined(code, message, null, ProviderFacts.none());
    }

    private static ProviderResult unfunded(String what) {
        return new ProviderResult.NotExecuted(
                Attempted.FUNDING, "The paying address has too little " + what + ".", null);
    }

    /** What a gas costs. */
    record Price(BigInteger tip, BigInteger maxFee) {

        /** At least a tenth more than before, which nodes ask of a replacement. */
        Price above(EthereumTransaction before) {
            return new Price(tip.max(tenthMore(before.tip())), maxFee.max(tenthMore(before.maxFee())));
        }

        private static BigInteger tenthMore(BigInteger old) {
            BigInteger[] parts = old.multiply(BigInteger.valueOf(11)).divideAndRemainder(BigInteger.TEN);
            return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
        }
    }

    /** Twice the next base fee holds for about six full blocks in a row. */
    Price price(EthereumNode node) {
        if (legacy) {
            BigInteger price = node.gasPrice();
            return new Price(price, price);
        }
        EthereumNode.Fees fees = node.fees();
        return new Price(fees.tip(), fees.base().shiftLeft(1).add(fees.tip()));
    }
}
