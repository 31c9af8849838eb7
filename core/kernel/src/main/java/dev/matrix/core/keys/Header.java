package dev.matrix.core.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.SealBrokenException;
import java.nio.ByteBuffer;

/**
 * How a sealed value begins: {@code 01}, kind, key version in 4 bytes big endian. It is authenticated together
 * with the context that the value belongs to.
 *
 * @param kind {@link #DOMAIN} or {@link #SUBJECT}
 * @param version of the domain key; 1 for a subject key, which has no versions
 */
record Header(byte kind, int version) {

    static final byte DOMAIN = 0;
    static final byte SUBJECT = 1;
    static final int BYTES = 6;

    private static final byte FORMAT = 1;
    private static final int SHORTEST_SEALED = BYTES + AesKey.NONCE_BYTES + AesKey.TAG_BYTES;
    private static final int LONGEST_PART = 0xFFFF;

    static Header domain(int version) {
        return new Header(DOMAIN, version);
    }

    static Header subject() {
        return new Header(SUBJECT, 1);
    }

    /** The header of a value sealed by a key of that kind. */
    static Header of(byte kind, byte[] sealed) {
        if (sealed.length < SHORTEST_SEALED || sealed[0] != FORMAT || sealed[1] != kind) {
            throw new SealBrokenException(
                    "This is not a sealed value of that kind: it was altered, cut short, or never sealed.", null);
        }
        return new Header(kind, ByteBuffer.wrap(sealed).getInt(2));
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).put(FORMAT).put(kind).putInt(version).array();
    }

    /** What the tag covers beside the text: this header, then each part as UTF-8 behind its length in 2 bytes. */
    byte[] boundTo(String... context) {
        byte[][] parts = new byte[context.length][];
        int length = BYTES;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = context[i].getBytes(UTF_8);
            if (parts[i].length > LONGEST_PART) {
                throw new InvalidRequestException("A record id of a sealed value has at most " + LONGEST_PART
                        + " bytes; this one has " + parts[i].length + ".");
            }
            length += Short.BYTES + parts[i].length;
        }
        ByteBuffer aad = ByteBuffer.allocate(length).put(bytes());
        for (byte[] part : parts) {
            aad.putShort((short) part.length).put(part);
        }
        return aad.array();
    }
}
