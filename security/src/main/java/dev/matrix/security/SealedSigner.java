package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Resealable;
import dev.matrix.core.spi.Transactions;
import dev.matrix.security.spi.AuditKeyStore;
import dev.matrix.security.spi.AuditKeyStore.AuditKeyRow;
import dev.matrix.security.spi.CheckpointSigner;
import dev.matrix.security.tree.NoteKey;
import dev.matrix.security.tree.NoteSigner;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Signs by a key that the first node makes once and keeps sealed in the store. */
final class SealedSigner implements CheckpointSigner, Resealable {

    private static final String PURPOSE = "audit-signer";

    private final Transactions transactions;
    private final AuditKeyStore store;
    private final KeyRing keys;
    private final RandomGenerator random;
    private final String origin;

    SealedSigner(Transactions transactions, AuditKeyStore store, KeyRing keys, RandomGenerator random, String origin) {
        this.transactions = transactions;
        this.store = store;
        this.keys = keys;
        this.random = random;
        this.origin = origin;
    }

    /** What draws from the Matrix's source of chance, where that is no {@link SecureRandom} itself: in tests. */
    private static final class Drawn extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient RandomGenerator source;

        Drawn(RandomGenerator source) {
            super(null, null);
            this.source = source;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            source.nextBytes(bytes);
        }
    }

    @Override
    public String keyName() {
        return origin;
    }

    @Override
    public byte[] publicKey() {
        return NoteKey.parse(row().verifierKey()).publicKey();
    }

    @Override
    public byte[] sign(byte[] text) {
        byte[] pkcs8 = keys.open(use(), row().sealed());
        try {
            return NoteSigner.sign(pkcs8, text);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private KeyUse use() {
        return new KeyUse(PURPOSE, Owner.platform(), AuditNames.LOG + " " + origin);
    }

    private Optional<AuditKeyRow> stored() {
        return transactions.returning(tx -> store.find(tx, AuditNames.LOG));
    }

    private AuditKeyRow row() {
        AuditKeyRow row = stored().orElseGet(this::make);
        String name = NoteKey.parse(row.verifierKey()).name();
        if (!name.equals(origin)) {
            throw new IllegalStateException("The audit log was begun as " + name + ", and this node calls it " + origin
                    + ". Give it its first name again by SecurityBuilder.auditOrigin.");
        }
        return row;
    }

    /** Of nodes that make one at once the first one's stays. */
    private AuditKeyRow make() {
        SecureRandom drawn = random instanceof SecureRandom secure ? secure : new Drawn(random);
        NoteSigner.Pair pair = NoteSigner.generate(drawn);
        String verifierKey = new NoteKey(origin, pair.publicKey()).toString();
        byte[] sealed = keys.seal(use(), pair.pkcs8());
        Arrays.fill(pair.pkcs8(), (byte) 0);
        transactions.inTransaction(tx -> store.insert(tx, new AuditKeyRow(AuditNames.LOG, verifierKey, sealed)));
        return stored().orElseThrow();
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public int resealBatch(KeyRing ring, int limit, Instant now) {
        AuditKeyRow row = stored().orElse(null);
        if (row == null || ring.isCurrent(use(), row.sealed())) {
            return 0;
        }
        byte[] sealed = ring.seal(use(), ring.open(use(), row.sealed()));
        AuditKeyRow renewed = new AuditKeyRow(row.log(), row.verifierKey(), sealed);
        transactions.inTransaction(tx -> store.reseal(tx, renewed, row.sealed()));
        return 1;
    }
}
