package dev.matrix.core.keys;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.StorableText;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUnavailableException;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Resealable;
import dev.matrix.core.spi.SealBrokenException;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.core.spi.SubjectKeyStore.SubjectKeyRow;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Persons' keys, sealed by the domain key of {@link KeyRing#SUBJECT_KEYS} and read from the store each time: a
 * rollback can't leave a key that only memory knows. They follow that domain key's rotations like any other secret.
 */
final class SubjectKeys implements Resealable {

    private static final int PSEUDONYM_BYTES = 16;
    private static final int LONGEST_SUBJECT_ID = 128;

    private final SubjectKeyStore store;
    private final Transactions transactions;
    private final DomainSeals seals;
    private final RandomGenerator random;

    SubjectKeys(Stores stores, DomainSeals seals, RandomGenerator random) {
        this.store = stores.get(SubjectKeyStore.class);
        this.transactions = stores.transactions();
        this.seals = seals;
        this.random = random;
    }

    KeyRing.SubjectKey findOrCreate(Tx tx, Owner owner, String subjectId, Instant now) {
        if (subjectId.isBlank() || subjectId.length() > LONGEST_SUBJECT_ID) {
            throw new InvalidRequestException("A subject's id has 1 to " + LONGEST_SUBJECT_ID
                    + " characters; this one has " + subjectId.length() + ".");
        }
        requireStorable(subjectId);
        return store.find(tx, owner, subjectId)
                .or(() -> {
                    store.insertIfAbsent(tx, created(owner, subjectId, now));
                    return store.find(tx, owner, subjectId);
                })
                .flatMap(this::key)
                .orElseThrow(() -> new KeyUnavailableException(
                        "A person's key was destroyed while it was being read; try again for a new one.", null));
    }

    Optional<KeyRing.SubjectKey> byPseudonym(Tx tx, String pseudonym) {
        return store.byPseudonym(tx, requirePseudonym(pseudonym)).flatMap(this::key);
    }

    boolean destroy(Tx tx, Owner owner, String subjectId) {
        requireStorable(subjectId);
        return store.destroy(tx, owner, subjectId);
    }

    boolean destroy(Tx tx, String pseudonym) {
        return store.destroyByPseudonym(tx, requirePseudonym(pseudonym));
    }

    private static void requireStorable(String subjectId) {
        StorableText.require(subjectId, "A subject's id");
    }

    private static String requirePseudonym(String pseudonym) {
        return StorableText.require(pseudonym, "A subject's pseudonym");
    }

    private SubjectKeyRow created(Owner owner, String subjectId, Instant now) {
        byte[] name = new byte[PSEUDONYM_BYTES];
        random.nextBytes(name);
        String pseudonym = HexFormat.of().formatHex(name);
        byte[] key = new byte[AesKey.KEY_BYTES];
        random.nextBytes(key);
        byte[] wrapped = wrapped(owner, pseudonym, key);
        return new SubjectKeyRow(pseudonym, owner, subjectId, wrapped, version(wrapped), now);
    }

    /** Wraps, and wipes what it has wrapped. */
    private byte[] wrapped(Owner owner, String pseudonym, byte[] key) {
        try {
            return seals.seal(use(owner, pseudonym), key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static int version(byte[] wrapped) {
        return Header.of(Header.DOMAIN, wrapped).version();
    }

    private Optional<KeyRing.SubjectKey> key(SubjectKeyRow row) {
        Owner owner = row.owner();
        byte[] wrapped = row.wrapped();
        if (owner == null || wrapped == null) {
            return Optional.empty();
        }
        KeyUse use = use(owner, row.pseudonym());
        return Optional.of(
                new PersonKey(row.pseudonym(), () -> AesKey.owning(seals.openInMemory(use, wrapped)), random));
    }

    private static KeyUse use(Owner owner, String pseudonym) {
        return new KeyUse(KeyRing.SUBJECT_KEYS, owner, pseudonym);
    }

    @Override
    public String purpose() {
        return KeyRing.SUBJECT_KEYS;
    }

    /** Counts the rows found, rewrapped by this node or by another in the meantime. */
    @Override
    public int resealBatch(KeyRing keys, int limit, Instant now) {
        return transactions.returning(tx -> {
            List<SubjectKeyRow> rows = store.wrappedBefore(tx, seals.sealingVersion(KeyRing.SUBJECT_KEYS), limit);
            rows.forEach(row -> rewrap(tx, row));
            return rows.size();
        });
    }

    private void rewrap(Tx tx, SubjectKeyRow row) {
        Owner owner = row.owner();
        byte[] wrapped = row.wrapped();
        if (owner == null || wrapped == null) {
            throw new SealBrokenException("The key of person " + row.pseudonym() + " has no owner or no bytes.", null);
        }
        byte[] key = seals.openInMemory(use(owner, row.pseudonym()), wrapped);
        byte[] again = wrapped(owner, row.pseudonym(), key);
        store.rewrap(tx, row.pseudonym(), row.keyVersion(), again, version(again));
    }
}
