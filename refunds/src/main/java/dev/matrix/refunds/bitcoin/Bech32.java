package dev.matrix.refunds.bitcoin;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bech32 (BIP-173) and Bech32m (BIP-350): a readable part, a 1, and data of 5 bits per character with a checksum. Its data are
 * without the checksum.
 */
final class Bech32 {

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int CHECKSUM = 6;
    private static final int LONGEST = 90;
    private static final int PLAIN = 1;
    private static final int MODIFIED = 0x2bc830a3;

    private final boolean modified;
    private final String readable;
    private final int[] data;

    private Bech32(boolean modified, String readable, int[] data) {
        this.modified = modified;
        this.readable = readable;
        this.data = data;
    }

    /** Whether it is Bech32m. */
    boolean isModified() {
        return modified;
    }

    /** The part before the data. */
    String readable() {
        return readable;
    }

    /** The first value of the data, such as a witness version; -1 where there is none. */
    int first() {
        return data.length == 0 ? -1 : data[0];
    }

    /** Reads a text; null where it is neither, mixes cases, or its checksum is wrong. */
    static @Nullable Bech32 read(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('1');
        boolean oneCase = text.equals(lower) || text.equals(text.toUpperCase(Locale.ROOT));
        boolean visible = text.chars().allMatch(c -> c > ' ' && c < 127);
        if (!oneCase || !visible || text.length() > LONGEST || at < 1 || at + 1 + CHECKSUM > text.length()) {
            return null;
        }
        int[] values = lower.substring(at + 1).chars().map(ALPHABET::indexOf).toArray();
        if (Arrays.stream(values).anyMatch(value -> value < 0)) {
            return null;
        }
        String readable = lower.substring(0, at);
        int check = polymod(readable, values);
        return check == PLAIN || check == MODIFIED
                ? new Bech32(check == MODIFIED, readable, Arrays.copyOf(values, values.length - CHECKSUM))
                : null;
    }

    private static int polymod(String readable, int[] values) {
        int check = 1;
        for (int i = 0; i < readable.length(); i++) {
            check = next(check, readable.charAt(i) >> 5);
        }
        check = next(check, 0);
        for (int i = 0; i < readable.length(); i++) {
            check = next(check, readable.charAt(i) & 31);
        }
        for (int value : values) {
            check = next(check, value);
        }
        return check;
    }

    private static int next(int check, int value) {
        int top = check >>> 25;
        int result = ((check & 0x1ffffff) << 5) ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            result ^= ((top >> i) & 1) == 1 ? GENERATOR[i] : 0;
        }
        return result;
    }

    /** The data from {@code from} on as bytes of 8 bits; null where the rest isn't zeros of less than 5 bits. */
    byte @Nullable [] bytes(int from) {
        byte[] out = new byte[(data.length - from) * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = from; i < data.length; i++) {
            buffer = ((buffer << 5) | data[i]) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                out[at++] = (byte) (buffer >> bits);
            }
        }
        boolean padded = bits < 5 && (buffer & ((1 << bits) - 1)) == 0;
        return padded ? out : null;
    }
}
