package dev.matrix.security.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.FactorProofStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link FactorProofStore} in memory. */
final class MemoryFactorProofStore implements FactorProofStore {

    private record Proof(String subject, Instant at) {}

    private final MemoryTable<String, List<RecoveryCodeRow>> codes = new MemoryTable<>();
    private final MemoryTable<String, Proof> proofs = new MemoryTable<>();

    @Override
    public List<RecoveryCodeRow> codes(Tx tx, Owner owner, String subjectId) {
        List<RecoveryCodeRow> rows = codes.get(tx, MemorySecondFactorStore.key(owner, subjectId));
        return rows == null ? List.of() : rows;
    }

    @Override
    public void replaceCodes(Tx tx, Owner owner, String subjectId, List<RecoveryCodeRow> rows) {
        codes.put(tx, MemorySecondFactorStore.key(owner, subjectId), List.copyOf(rows));
    }

    @Override
    public boolean useCode(Tx tx, Owner owner, String subjectId, RecoveryCodeRow code) {
        List<RecoveryCodeRow> rest = new ArrayList<>(codes(tx, owner, subjectId));
        boolean used = rest.removeIf(row -> row.slot() == code.slot() && Arrays.equals(row.hash(), code.hash()));
        replaceCodes(tx, owner, subjectId, rest);
        return used;
    }

    @Override
    public void insertProof(Tx tx, String id, Owner owner, String subjectId, Instant at) {
        proofs.put(tx, id, new Proof(MemorySecondFactorStore.key(owner, subjectId), at));
    }

    @Override
    public boolean useProof(Tx tx, String id, Owner owner, String subjectId, Instant since) {
        Proof proof = proofs.get(tx, id);
        boolean good = proof != null
                && proof.subject().equals(MemorySecondFactorStore.key(owner, subjectId))
                && !proof.at().isBefore(since);
        return good && proofs.remove(tx, id) != null;
    }

    @Override
    public int deleteProofs(Tx tx, Instant before, int limit) {
        List<String> old = proofs.rows(tx).entrySet().stream()
                .filter(row -> row.getValue().at().isBefore(before))
                .map(row -> row.getKey())
                .limit(limit)
                .toList();
        old.forEach(id -> proofs.remove(tx, id));
        return old.size();
    }
}
