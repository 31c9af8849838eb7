package dev.matrix.refunds.jooq;

import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_CRYPTO_INPUT;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_CRYPTO_NONCE;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_CRYPTO_TX;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.refunds.spi.CryptoTransactionStore;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/** {@link CryptoTransactionStore} in {@code matrix_crypto_nonce}, {@code matrix_crypto_tx} and {@code matrix_crypto_input}. */
final class JooqCryptoTransactionStore implements CryptoTransactionStore {

    @Override
    public long nextNonce(Tx tx, String chain, String address, long atLeast) {
        JooqTx own = JooqTx.of(tx);
        own.insertIfAbsent(insertInto(MATRIX_CRYPTO_NONCE)
                .set(MATRIX_CRYPTO_NONCE.CHAIN, chain)
                .set(MATRIX_CRYPTO_NONCE.ADDRESS, address)
                .set(MATRIX_CRYPTO_NONCE.NONCE, 0L));
        long stored = own.dsl()
                .select(MATRIX_CRYPTO_NONCE.NONCE)
                .from(MATRIX_CRYPTO_NONCE)
                .where(MATRIX_CRYPTO_NONCE.CHAIN.eq(chain))
                .and(MATRIX_CRYPTO_NONCE.ADDRESS.eq(address))
                .forUpdate()
                .fetchSingle(MATRIX_CRYPTO_NONCE.NONCE);
        return Math.max(stored, atLeast);
    }

    @Override
    public void takeNonce(Tx tx, String chain, String address, long nonce) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_CRYPTO_NONCE)
                .set(MATRIX_CRYPTO_NONCE.NONCE, nonce + 1)
                .where(MATRIX_CRYPTO_NONCE.CHAIN.eq(chain))
                .and(MATRIX_CRYPTO_NONCE.ADDRESS.eq(address))
                .execute();
    }

    @Override
    public List<CryptoTransaction> ofLeg(Tx tx, String chain, String legId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_CRYPTO_TX)
                .where(MATRIX_CRYPTO_TX.CHAIN.eq(chain))
                .and(MATRIX_CRYPTO_TX.LEG_ID.eq(legId))
                .orderBy(MATRIX_CRYPTO_TX.NO)
                .fetch(JooqCryptoTransactionStore::row);
    }

    private static CryptoTransaction row(Record row) {
        return new CryptoTransaction(
                row.get(MATRIX_CRYPTO_TX.CHAIN),
                row.get(MATRIX_CRYPTO_TX.LEG_ID),
                row.get(MATRIX_CRYPTO_TX.NO),
                row.get(MATRIX_CRYPTO_TX.ADDRESS),
                row.get(MATRIX_CRYPTO_TX.NONCE),
                row.get(MATRIX_CRYPTO_TX.FIELDS),
                row.get(MATRIX_CRYPTO_TX.HASH),
                row.get(MATRIX_CRYPTO_TX.RAW),
                row.get(MATRIX_CRYPTO_TX.DEAD),
                row.get(MATRIX_CRYPTO_TX.AT));
    }

    @Override
    public boolean insert(Tx tx, CryptoTransaction transaction) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_CRYPTO_TX)
                                .set(MATRIX_CRYPTO_TX.CHAIN, transaction.chain())
                                .set(MATRIX_CRYPTO_TX.LEG_ID, transaction.legId())
                                .set(MATRIX_CRYPTO_TX.NO, transaction.no())
                                .set(MATRIX_CRYPTO_TX.ADDRESS, transaction.address())
                                .set(MATRIX_CRYPTO_TX.NONCE, transaction.nonce())
                                .set(MATRIX_CRYPTO_TX.FIELDS, transaction.fields())
                                .set(MATRIX_CRYPTO_TX.HASH, transaction.hash())
                                .set(MATRIX_CRYPTO_TX.RAW, transaction.raw())
                                .set(MATRIX_CRYPTO_TX.DEAD, transaction.dead())
                                .set(MATRIX_CRYPTO_TX.AT, transaction.at()))
                == 1;
    }

    @Override
    public boolean update(Tx tx, CryptoTransaction transaction) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_CRYPTO_TX)
                        .set(MATRIX_CRYPTO_TX.HASH, transaction.hash())
                        .set(MATRIX_CRYPTO_TX.RAW, transaction.raw())
                        .set(MATRIX_CRYPTO_TX.DEAD, transaction.dead())
                        .where(MATRIX_CRYPTO_TX.CHAIN.eq(transaction.chain()))
                        .and(MATRIX_CRYPTO_TX.LEG_ID.eq(transaction.legId()))
                        .and(MATRIX_CRYPTO_TX.NO.eq(transaction.no()))
                        .and(MATRIX_CRYPTO_TX.RAW.isNull().or(MATRIX_CRYPTO_TX.RAW.eq(transaction.raw())))
                        .execute()
                == 1;
    }

    @Override
    public boolean takeInput(Tx tx, String chain, String outpoint, String legId) {
        JooqTx own = JooqTx.of(tx);
        int inserted = own.insertIfAbsent(insertInto(MATRIX_CRYPTO_INPUT)
                .set(MATRIX_CRYPTO_INPUT.CHAIN, chain)
                .set(MATRIX_CRYPTO_INPUT.OUTPOINT, outpoint)
                .set(MATRIX_CRYPTO_INPUT.LEG_ID, legId));
        return inserted == 1
                || own.dsl()
                        .fetchExists(
                                MATRIX_CRYPTO_INPUT,
                                MATRIX_CRYPTO_INPUT
                                        .CHAIN
                                        .eq(chain)
                                        .and(MATRIX_CRYPTO_INPUT.OUTPOINT.eq(outpoint))
                                        .and(MATRIX_CRYPTO_INPUT.LEG_ID.eq(legId)));
    }

    @Override
    public void releaseInputs(Tx tx, String chain, String legId) {
        JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_CRYPTO_INPUT)
                .where(MATRIX_CRYPTO_INPUT.CHAIN.eq(chain))
                .and(MATRIX_CRYPTO_INPUT.LEG_ID.eq(legId))
                .execute();
    }

    @Override
    public Optional<String> legOf(Tx tx, String chain, String hash) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_CRYPTO_TX.LEG_ID)
                .from(MATRIX_CRYPTO_TX)
                .where(MATRIX_CRYPTO_TX.CHAIN.eq(chain))
                .and(MATRIX_CRYPTO_TX.HASH.eq(hash))
                .fetchOptional(MATRIX_CRYPTO_TX.LEG_ID);
    }
}
