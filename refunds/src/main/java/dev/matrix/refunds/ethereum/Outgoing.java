package dev.matrix.refunds.ethereum;

import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.CryptoTransactionStore;
import dev.matrix.refunds.spi.CryptoTransactionStore.CryptoTransaction;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.RefundProbe;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is signed and sent. Nonce and fields are stored in one transaction before anything is signed, and the bytes before they are
 * sent: a crash at any moment leads to the same bytes again.
 */
record Outgoing(String chain, EthereumSigner signer) {

    private static CryptoTransactionStore store(ProviderContext context) {
        return context.stores().get(CryptoTransactionStore.class);
    }

    /** A leg's transactions, oldest first. */
    List<CryptoTransaction> of(ProviderContext context, String legId) {
        return context.stores().transactions().returning(tx -> store(context).ofLeg(tx, chain, legId));
    }

    /** The leg that a look-up is about, by a hash where its reference isn't known. */
    String leg(ProviderContext context, RefundProbe probe) {
        String hash = probe.providerRef();
        return hash == null
                ? probe.ownReference()
                : context.stores()
                        .transactions()
                        .returning(tx -> store(context).legOf(tx, chain, hash))
                        .orElse(probe.ownReference());
    }

    /** The newest one that can still be mined; null where there is none. */
    static @Nullable CryptoTransaction newest(List<CryptoTransaction> transactions) {
        CryptoTransaction newest = null;
        for (CryptoTransaction one : transactions) {
            newest = one.dead() ? newest : one;
        }
        return newest;
    }

    /** Takes a nonce for a leg that has no living transaction; where another thread was faster, it is that one's. */
    CryptoTransaction first(ProviderContext context, String legId, EthereumTransaction plan, long nonceOfChain) {
        return context.stores().transactions().returning(tx -> {
            CryptoTransactionStore store = store(context);
            long nonce = store.nextNonce(tx, chain, signer.address(), nonceOfChain);
            List<CryptoTransaction> before = store.ofLeg(tx, chain, legId);
            CryptoTransaction living = newest(before);
            if (living != null) {
                return living;
            }
            store.takeNonce(tx, chain, signer.address(), nonce);
            return insert(tx, context, legId, before.size() + 1, withNonce(plan, nonce));
        });
    }

    private static EthereumTransaction withNonce(EthereumTransaction plan, long nonce) {
        return new EthereumTransaction(
                plan.legacy(),
                plan.chainId(),
                nonce,
                plan.tip(),
                plan.maxFee(),
                plan.gas(),
                plan.to(),
                plan.value(),
                plan.data());
    }

    private CryptoTransaction insert(Tx tx, ProviderContext context, String legId, int no, EthereumTransaction fields) {
        CryptoTransaction row = new CryptoTransaction(
                chain,
                legId,
                no,
                signer.address(),
                fields.nonce(),
                fields.document(),
                null,
                null,
                false,
                context.clock().instant());
        return store(context).insert(tx, row)
                ? row
                : store(context).ofLeg(tx, chain, legId).get(no - 1);
    }

    /** Adds a transaction at the same nonce, which replaces those before. */
    CryptoTransaction replace(
            ProviderContext context, CryptoTransaction before, UnaryOperator<EthereumTransaction> change) {
        EthereumTransaction fields = change.apply(EthereumTransaction.of(before.fields()));
        return context.stores()
                .transactions()
                .returning(tx -> insert(tx, context, before.legId(), before.no() + 1, fields));
    }

    /** Signs what isn't signed, and stores the bytes. */
    CryptoTransaction signed(ProviderContext context, CryptoTransaction row) {
        if (row.raw() != null) {
            return row;
        }
        EthereumTransaction.Signed signed = EthereumTransaction.of(row.fields()).sign(signer);
        CryptoTransaction done = row.signed(signed.hash(), signed.hex());
        return context.stores()
                .transactions()
                .returning(tx -> store(context).update(tx, done)
                        ? done
                        : store(context).ofLeg(tx, chain, row.legId()).get(row.no() - 1));
    }

    /** None of these can be mined any more. */
    void end(ProviderContext context, List<CryptoTransaction> transactions) {
        context.stores()
                .transactions()
                .inTransaction(tx -> transactions.forEach(row -> store(context).update(tx, row.ended())));
    }
}
