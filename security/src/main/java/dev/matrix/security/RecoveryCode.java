package dev.matrix.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The form of a recovery code: {@code XXXX-XXXX-XXXX} in Crockford's base 32, of which the first symbol is its slot, so that
 * an attempt takes one hash, and 11 are random (55 bits). Stored is its Argon2id hash (RFC 9106): 19 MiB, 2 passes.
 */
final class RecoveryCode {

    static final int SLOTS = 10;

    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 12;
    private static final int GROUP = 4;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private RecoveryCode() {}

    static String next(int slot, RandomGenerator random) {
        StringBuilder code = new StringBuilder().append(SYMBOLS.charAt(slot));
        for (int i = 1; i < LENGTH; i++) {
            if (i % GROUP == 0) {
                code.append('-');
            }
            code.append(SYMBOLS.charAt(random.nextInt(SYMBOLS.length())));
        }
        return code.toString();
    }

    /** The code in a text: case, spaces, hyphens, O for 0, I and L for 1 are forgiven; null where it is none. */
    static @Nullable String normal(String text) {
        String bare = text.toUpperCase(Locale.ROOT)
                .replace(" ", "")
                .replace("-", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        boolean fits = bare.length() == LENGTH && bare.chars().allMatch(c -> SYMBOLS.indexOf(c) >= 0);
        return fits && slot(bare) < SLOTS ? bare : null;
    }

    static int slot(String normal) {
        return SYMBOLS.indexOf(normal.charAt(0));
    }

    static byte[] salt(RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    static byte[] hash(String normal, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(normal.getBytes(US_ASCII), hash);
        return hash;
    }

    static boolean isSame(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}
