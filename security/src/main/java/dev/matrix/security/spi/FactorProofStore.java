package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;

/** Recovery codes and the proofs that somebody has given a second factor; each is used once. */
public interface FactorProofStore {

    /**
     * A recovery code that wasn't used.
     *
     * @param slot 0 to 9
     * @param hash Argon2id of the code
     */
    record RecoveryCodeRow(int slot, byte[] salt, byte[] hash) {}

    /** The person's recovery codes that are left, by slot. */
    List<RecoveryCodeRow> codes(Tx tx, Owner owner, String subjectId);

    /** Replaces all of a person's recovery codes; the former are void. */
    void replaceCodes(Tx tx, Owner owner, String subjectId, List<RecoveryCodeRow> rows);

    /** Uses a code up if it is there with that hash; of concurrent callers one gets true. */
    boolean useCode(Tx tx, Owner owner, String subjectId, RecoveryCodeRow code);

    /** Keeps that a person has given a second factor. */
    void insertProof(Tx tx, String id, Owner owner, String subjectId, Instant at);

    /** Uses a proof up if it is of that person and not before {@code since}; of concurrent callers one gets true. */
    boolean useProof(Tx tx, String id, Owner owner, String subjectId, Instant since);

    /** Deletes at most {@code limit} proofs from before {@code before}; returns how many. */
    int deleteProofs(Tx tx, Instant before, int limit);
}
