package dev.matrix.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.matrix.core.InvalidRequestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * The form of an API key: a prefix, {@code _live_} or {@code _test_}, 43 random symbols of base 62 (256 bits), and 6 of the
 * CRC-32 of all that, by which a mistyped key is told without a read. What is stored is the text's SHA-256: of 256 random bits
 * no faster way back is known than to guess them.
 */
final class KeyText {

    private static final char[] SYMBOLS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final int RANDOM_SYMBOLS = 43;
    private static final int CHECK_SYMBOLS = 6;
    private static final int HINT_HEAD = 12;
    private static final int HINT_TAIL = 4;

    private final String prefix;
    private final String head;

    /** @param test whether keys are marked as such, for another environment than production */
    KeyText(String prefix, boolean test) {
        if (!prefix.matches("[a-z][a-z0-9]{1,7}")) {
            throw new InvalidRequestException(
                    "A key's prefix is a letter and 1 to 7 letters or digits, in lower case.");
        }
        this.prefix = prefix + "_";
        this.head = this.prefix + (test ? "test_" : "live_");
    }

    String next(RandomGenerator random) {
        StringBuilder text = new StringBuilder(head.length() + RANDOM_SYMBOLS + CHECK_SYMBOLS).append(head);
        for (int i = 0; i < RANDOM_SYMBOLS; i++) {
            text.append(SYMBOLS[random.nextInt(SYMBOLS.length)]);
        }
        return text.append(check(text)).toString();
    }

    private static String check(CharSequence text) {
        CRC32 crc = new CRC32();
        crc.update(text.toString().getBytes(US_ASCII));
        long rest = crc.getValue();
        char[] symbols = new char[CHECK_SYMBOLS];
        for (int i = CHECK_SYMBOLS - 1; i >= 0; i--) {
            symbols[i] = SYMBOLS[(int) (rest % SYMBOLS.length)];
            rest /= SYMBOLS.length;
        }
        return new String(symbols);
    }

    /** Whether a text claims to be one of these keys, well formed or not. */
    boolean claims(CharSequence text) {
        return text.length() > prefix.length() && prefix.contentEquals(text.subSequence(0, prefix.length()));
    }

    /** Whether a text has this form, its check included. */
    boolean isWellFormed(CharSequence text) {
        int body = text.length() - CHECK_SYMBOLS;
        return text.length() == head.length() + RANDOM_SYMBOLS + CHECK_SYMBOLS
                && head.contentEquals(text.subSequence(0, head.length()))
                && check(text.subSequence(0, body)).contentEquals(text.subSequence(body, text.length()));
    }

    static String hash(CharSequence text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** Enough to recognise a key by. */
    static String hint(String text) {
        return text.substring(0, HINT_HEAD) + "…" + text.substring(text.length() - HINT_TAIL);
    }
}
