package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Size;
import dev.matrix.security.tree.ConsistencyProof;
import dev.matrix.security.tree.TreeHash;
import java.time.Instant;
import java.util.List;

/** What callers get of the audit log. */
final class AuditViews {

    private AuditViews() {}

    /** An entry. */
    record AuditEntryView(
            String id,
            Owner owner,
            String actor,
            String action,
            boolean success,
            Instant at,

            @Describe("The entry as JSON, byte for byte as it was hashed; persons stand in it by a pseudonym.")
            @Length(max = 65_535)
            String body) {

        static AuditEntryView of(AuditLog.AuditRecord entry) {
            return new AuditEntryView(
                    entry.id(),
                    entry.owner(),
                    entry.actor(),
                    entry.action(),
                    entry.success(),
                    entry.at(),
                    entry.body());
        }
    }

    /** That a log continues what it was. */
    record ConsistencyProofView(
            long from,
            long to,

            @Describe("In Base64, in the order of RFC 9162, section 2.1.4.") @Size(max = 128)
            List<String> hashes) {

        static ConsistencyProofView of(ConsistencyProof proof) {
            return new ConsistencyProofView(
                    proof.from(),
                    proof.to(),
                    proof.hashes().stream().map(TreeHash::toString).toList());
        }
    }
}
