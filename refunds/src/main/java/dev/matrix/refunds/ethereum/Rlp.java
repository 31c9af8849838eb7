package dev.matrix.refunds.ethereum;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Recursive length prefix, the encoding of transactions (Ethereum's Yellow Paper, appendix B). It writes and never reads. */
final class Rlp {

    private static final int SHORT = 55;
    private static final int TEXT = 0x80;
    private static final int LIST = 0xc0;

    private Rlp() {}

    /** A string of bytes. */
    static byte[] bytes(byte[] value) {
        boolean single = value.length == 1 && value[0] >= 0;
        return single ? value.clone() : joined(head(value.length, TEXT), value);
    }

    /** A number without leading zeros; zero is the empty string. */
    static byte[] number(BigInteger value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("RLP has no negative numbers.");
        }
        return bytes(unsigned(value));
    }

    /** A list of encoded items. */
    static byte[] list(List<byte[]> items) {
        byte[] body = joined(items.toArray(byte[][]::new));
        return joined(head(body.length, LIST), body);
    }

    private static byte[] head(int length, int offset) {
        if (length <= SHORT) {
            return new byte[] {(byte) (offset + length)};
        }
        byte[] size = unsigned(BigInteger.valueOf(length));
        return joined(new byte[] {(byte) (offset + SHORT + size.length)}, size);
    }

    static byte[] unsigned(BigInteger value) {
        if (value.signum() == 0) {
            return new byte[0];
        }
        byte[] bytes = value.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
