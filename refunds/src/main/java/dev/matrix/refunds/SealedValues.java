package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundSecretStore;
import dev.matrix.refunds.spi.RefundSecretStore.Kind;
import dev.matrix.refunds.spi.RefundSecretStore.SecretRow;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Destinations and evidence, sealed in parts of at most 1 MiB. Sealing reads memory alone; what is read is opened outside of transactions. */
record SealedValues(RefundSecretStore store, KeyRing keys) {

    private static final int PART = 1 << 20;

    static String purpose(Kind kind) {
        return switch (kind) {
            case DESTINATION -> "refund-destination";
            case EVIDENCE -> "refund-evidence";
        };
    }

    static KeyUse use(SecretRow row) {
        return use(row.kind(), row.owner(), row.recordId(), row.part());
    }

    private static KeyUse use(Kind kind, Owner owner, String recordId, int part) {
        return new KeyUse(purpose(kind), owner, recordId + "." + part);
    }

    /** Replaces what a record has. */
    void replace(Tx tx, Kind kind, Owner owner, String recordId, byte[] plain, Instant now) {
        store.delete(tx, kind, recordId);
        List<SecretRow> parts = new ArrayList<>();
        for (int from = 0; from < plain.length; from += PART) {
            byte[] part = Arrays.copyOfRange(plain, from, Math.min(plain.length, from + PART));
            int no = parts.size();
            parts.add(new SecretRow(kind, recordId, no, owner, keys.seal(use(kind, owner, recordId, no), part), now));
        }
        store.insert(tx, parts);
    }

    /** Opens the parts of a record; call it outside of transactions. */
    byte[] open(List<SecretRow> parts) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        parts.forEach(part -> plain.writeBytes(keys.open(use(part), part.sealed())));
        return plain.toByteArray();
    }
}
