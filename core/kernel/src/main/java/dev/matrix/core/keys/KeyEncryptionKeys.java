package dev.matrix.core.keys;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.DataKeyStore.DataKey;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyUnavailableException;
import dev.matrix.core.spi.SealBrokenException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The key that wraps from now on, and former ones that can still unwrap. */
final class KeyEncryptionKeys {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:/-]{1,128}");

    private final KeyEncryptionKey current;
    private final Map<String, KeyEncryptionKey> byId = new HashMap<>();

    KeyEncryptionKeys(KeyEncryptionKey current) {
        this.current = current;
        add(current);
    }

    KeyEncryptionKeys alsoUnwrapping(KeyEncryptionKey... former) {
        KeyEncryptionKeys all = new KeyEncryptionKeys(current);
        byId.values().stream().filter(kek -> kek != current).forEach(all::add);
        Arrays.stream(former).forEach(all::add);
        return all;
    }

    private void add(KeyEncryptionKey kek) {
        requireId(kek.id());
        if (byId.putIfAbsent(kek.id(), kek) != null) {
            throw new InvalidRequestException(
                    "Two key-encryption keys have the id '" + kek.id() + "'; give each its own.");
        }
    }

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    static String requireId(String id) {
        if (!isId(id)) {
            throw new InvalidRequestException("The id of a key-encryption key matches " + ID + "; this one, of "
                    + id.length() + " characters, doesn't.");
        }
        return id;
    }

    String currentId() {
        return current.id();
    }

    byte[] wrap(AesKey key, String purpose, int version) {
        byte[] bytes = key.getEncoded();
        try {
            return current.wrap(bytes, aad(purpose, version));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** @throws KeyUnavailableException naming the version and the key-encryption key */
    AesKey unwrap(DataKey row, byte[] wrapped) {
        KeyEncryptionKey kek = byId.get(row.kekId());
        if (kek == null) {
            throw unavailable(row, "which this ring doesn't have: add that key by .alsoUnwraps(…)", null);
        }
        try {
            return AesKey.owning(kek.unwrap(wrapped, aad(row.purpose(), row.version())));
        } catch (SealBrokenException e) {
            throw unavailable(row, "which does not open it: another key under the same id, or an altered row", e);
        } catch (RuntimeException e) {
            throw unavailable(row, "which failed to unwrap it", e);
        }
    }

    private static KeyUnavailableException unavailable(DataKey row, String why, @Nullable RuntimeException cause) {
        return new KeyUnavailableException(
                "Version " + row.version() + " of the key for '" + row.purpose()
                        + "' is wrapped by the key-encryption key '" + row.kekId() + "', " + why + ".",
                cause);
    }

    private static byte[] aad(String purpose, int version) {
        return Header.domain(version).boundTo(purpose);
    }
}
