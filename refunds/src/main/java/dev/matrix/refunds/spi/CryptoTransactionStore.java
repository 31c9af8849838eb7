package dev.matrix.refunds.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was signed for a chain, so that a crash sends the same bytes again and no others. A leg has one transaction, or several that
 * spend the same nonce or inputs, of which one at most can be mined.
 */
public interface CryptoTransactionStore {

    /**
     * A transaction.
     *
     * @param chain such as {@code ethereum:1}
     * @param legId the leg that it pays
     * @param no from 1 within the leg; later ones replace those before
     * @param address who sends it
     * @param nonce of the sender; 0 on chains without nonces
     * @param fields what is signed, as JSON
     * @param hash once it is signed
     * @param raw what is sent, in hex, once it is signed
     * @param dead whether it can never be mined
     */
    record CryptoTransaction(
            String chain,
            String legId,
            int no,
            String address,
            long nonce,
            String fields,
            @Nullable String hash,
            @Nullable String raw,
            boolean dead,
            Instant at) {

        /** This, signed. */
        public CryptoTransaction signed(String itsHash, String bytes) {
            return new CryptoTransaction(chain, legId, no, address, nonce, fields, itsHash, bytes, dead, at);
        }

        /** This, which can never be mined. */
        public CryptoTransaction ended() {
            return new CryptoTransaction(chain, legId, no, address, nonce, fields, hash, raw, true, at);
        }
    }

    /**
     * Locks the sender's nonce to the transaction's end and returns the next one: the stored one, or {@code atLeast} if that is
     * higher. Two legs never get the same.
     */
    long nextNonce(Tx tx, String chain, String address, long atLeast);

    /**
     * Takes a nonce, so that the next one is higher; the caller has locked it by {@link #nextNonce}.
     */
    void takeNonce(Tx tx, String chain, String address, long nonce);

    /** A leg's transactions, oldest first. */
    List<CryptoTransaction> ofLeg(Tx tx, String chain, String legId);

    /** Adds a transaction; false, and nothing changes, where the leg has one of that number. */
    boolean insert(Tx tx, CryptoTransaction transaction);

    /** Writes hash, bytes and whether it is dead. Bytes that are stored never change: false, and nothing changes, where others are. */
    boolean update(Tx tx, CryptoTransaction transaction);

    /**
     * Takes an input for a leg; false, and nothing changes, where a transaction of another leg spends it that isn't dead.
     *
     * @param outpoint {@code txid:index}
     */
    boolean takeInput(Tx tx, String chain, String outpoint, String legId);

    /** Gives a leg's inputs back: none of its transactions can be mined. */
    void releaseInputs(Tx tx, String chain, String legId);

    /** The leg that a transaction pays. */
    Optional<String> legOf(Tx tx, String chain, String hash);
}
