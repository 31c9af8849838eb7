package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Size;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.tree.ConsistencyProof;
import dev.matrix.security.tree.TreeHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What callers get of the audit log. */
final class AuditViews {

    private AuditViews() {}

    /** An entry. */
    record AuditEntryView(
            String id,
            Owner owner,
            String actor,
            String action,
            AuditEntry.Category category,
            boolean success,
            Instant at,

            @Describe("What is known of the person who acted; nothing once it was erased.")
            Map<String, String> actorData,

            @Describe("What is known of the person that it was done to; nothing once it was erased.")
            Map<String, String> targetData,

            @Describe("The entry as JSON, byte for byte as it was hashed; persons stand in it by a pseudonym.")
            @Length(max = 65_535)
            String body) {

        static AuditEntryView of(AuditRecord entry) {
            return new AuditEntryView(
                    entry.id(),
                    entry.owner(),
                    entry.actor(),
                    entry.action(),
                    AuditEntry.Category.valueOf(entry.category()),
                    entry.success(),
                    entry.at(),
                    entry.actorData(),
                    entry.targetData(),
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

    /** What came of an erasure. */
    record ErasureView(
            Erasures.Outcome outcome,

            @Describe("What stands for the person from now on; none: nothing is known of such a person.") @Nullable
            String pseudonym,

            @Describe("The hold that defers it.") @Nullable String holdId) {

        static ErasureView of(Erasures.ErasureReceipt receipt) {
            return new ErasureView(receipt.outcome(), receipt.pseudonym(), receipt.holdId());
        }
    }
}
