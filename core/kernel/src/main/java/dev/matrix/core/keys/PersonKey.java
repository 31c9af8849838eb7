package dev.matrix.core.keys;

import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.SealBrokenException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;

/**
 * One person's key, held as it is stored: it is unwrapped for each operation and wiped after it, so the ring's close and
 * the destruction of the key that wraps it leave nothing readable behind.
 */
final class PersonKey implements KeyRing.SubjectKey {

    private final String pseudonym;
    private final Supplier<AesKey> unwrapped;
    private final RandomGenerator random;

    PersonKey(String pseudonym, Supplier<AesKey> unwrapped, RandomGenerator random) {
        this.pseudonym = pseudonym;
        this.unwrapped = unwrapped;
        this.random = random;
    }

    @Override
    public String pseudonym() {
        return pseudonym;
    }

    @Override
    public byte[] seal(String recordId, byte[] plaintext) {
        DomainSeals.requireSealable(plaintext);
        Header header = Header.subject();
        byte[] aad = header.boundTo(pseudonym, recordId);
        AesKey key = unwrapped.get();
        try {
            return key.seal(header.bytes(), aad, plaintext, random);
        } finally {
            key.destroy();
        }
    }

    @Override
    public byte[] open(String recordId, byte[] sealed) {
        byte[] aad = Header.of(Header.SUBJECT, sealed).boundTo(pseudonym, recordId);
        AesKey key = unwrapped.get();
        try {
            return key.open(sealed, Header.BYTES, aad);
        } catch (AEADBadTagException e) {
            throw new SealBrokenException(
                    "Record '" + recordId + "' can't be opened by the key of person " + pseudonym
                            + ": it was altered, or sealed for another person or record.",
                    e);
        } finally {
            key.destroy();
        }
    }

    @Override
    public String toString() {
        return "key of person " + pseudonym;
    }
}
