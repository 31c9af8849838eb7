package dev.matrix.core.keys;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.KeyRing.State;
import dev.matrix.core.spi.KeyUnavailableException;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.SealBrokenException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/** Seals and opens values by the domain keys. Reads memory alone, except for {@link #open} of an unknown version. */
final class DomainSeals {

    private static final int LARGEST = 1 << 20;

    private final DataKeys keys;
    private final InstantSource clock;
    private final RandomGenerator random;

    DomainSeals(DataKeys keys, InstantSource clock, RandomGenerator random) {
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    byte[] seal(KeyUse use, byte[] plaintext) {
        requireSealable(plaintext);
        KnownKey sealing = keys.sealing(use.purpose(), clock.instant());
        sealing.seals().increment();
        Header header = Header.domain(sealing.version());
        return sealing.required().seal(header.bytes(), aad(header, use), plaintext, random);
    }

    static void requireSealable(byte[] plaintext) {
        if (plaintext.length > LARGEST) {
            throw new InvalidRequestException(
                    "A sealed value has at most " + LARGEST + " bytes; this one has " + plaintext.length + ".");
        }
    }

    /** Whether its version is the sealing one, or a newer one that this node has not seen. */
    boolean isCurrent(KeyUse use, byte[] sealed) {
        return Header.of(Header.DOMAIN, sealed).version() >= sealingVersion(use.purpose());
    }

    int sealingVersion(String purpose) {
        return keys.sealing(purpose, clock.instant()).version();
    }

    byte[] open(KeyUse use, byte[] sealed) {
        Header header = Header.of(Header.DOMAIN, sealed);
        KnownKey key = keys.find(use.purpose(), header.version())
                .filter(found -> found.failure() == null)
                .or(() -> {
                    keys.refresh();
                    return keys.find(use.purpose(), header.version());
                })
                .orElseThrow(() -> broken(use, null));
        return open(use, header, sealed, key);
    }

    /** Opens without a refresh, for callers inside a transaction. */
    byte[] openInMemory(KeyUse use, byte[] sealed) {
        Header header = Header.of(Header.DOMAIN, sealed);
        KnownKey key = keys.find(use.purpose(), header.version())
                .orElseThrow(() -> new KeyUnavailableException(
                        "Version " + header.version() + " of the key for '" + use.purpose()
                                + "' is unknown to this node; it learns new versions every 5 minutes.",
                        null));
        return open(use, header, sealed, key);
    }

    private static byte[] open(KeyUse use, Header header, byte[] sealed, KnownKey key) {
        if (key.row().state() == State.DESTROYED) {
            throw new SealBrokenException(
                    "Record '" + use.recordId() + "' can never be opened: version " + key.version()
                            + " of the key for '" + use.purpose() + "' was destroyed.",
                    null);
        }
        try {
            return key.required().open(sealed, Header.BYTES, aad(header, use));
        } catch (AEADBadTagException e) {
            throw broken(use, e);
        }
    }

    private static SealBrokenException broken(KeyUse use, @Nullable AEADBadTagException cause) {
        return new SealBrokenException(
                "Record '" + use.recordId() + "' can't be opened under the purpose '" + use.purpose()
                        + "': it was altered, or sealed for another purpose, owner or record.",
                cause);
    }

    private static byte[] aad(Header header, KeyUse use) {
        String ownerType = switch (use.owner().type()) {
            case USER -> "user";
            case PARTNER -> "partner";
        };
        return header.boundTo(use.purpose(), ownerType, use.owner().id(), use.recordId());
    }
}
