package dev.matrix.refunds.bitcoin;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Base58Check, as Bitcoin and TRON write addresses: a version, a payload, and four bytes of a double SHA-256. */
public final class Base58 {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);
    private static final int CHECKSUM = 4;
    private static final int LONGEST = 64;

    private Base58() {}

    /** Version and payload; null where the text is none, or its checksum is wrong. */
    public static byte @Nullable [] checked(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return null;
            }
            value = value.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') {
            zeros++;
        }
        byte[] bytes = value.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        byte[] all = new byte[zeros + bytes.length - sign];
        System.arraycopy(bytes, sign, all, zeros, bytes.length - sign);
        if (all.length <= CHECKSUM) {
            return null;
        }
        byte[] payload = Arrays.copyOf(all, all.length - CHECKSUM);
        byte[] hash = sha256(sha256(payload));
        return Arrays.equals(all, payload.length, all.length, hash, 0, CHECKSUM) ? payload : null;
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("This JVM has no SHA-256, which each has to have.", missing);
        }
    }
}
