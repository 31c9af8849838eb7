package dev.matrix.security;

import dev.matrix.core.InvalidRequestException;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** RFC 4648, section 6, upper case and without padding, as authenticator apps read it. */
final class Base32 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int held = 0;
        int bits = 0;
        for (byte each : bytes) {
            held = (held << Byte.SIZE) | (each & 0xff);
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(ALPHABET.charAt(held >>> bits & 31));
            }
            held &= (1 << bits) - 1;
        }
        return bits == 0
                ? text.toString()
                : text.append(ALPHABET.charAt(held << (BITS - bits) & 31)).toString();
    }

    /**
     * Reads what others wrote: case, spaces, hyphens and padding are forgiven.
     *
     * @throws InvalidRequestException where another symbol stands in it
     */
    static byte[] decode(String text) {
        String bare = text.toUpperCase(Locale.ROOT).replaceAll("[ =-]", "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int held = 0;
        int bits = 0;
        for (int i = 0; i < bare.length(); i++) {
            int symbol = ALPHABET.indexOf(bare.charAt(i));
            if (symbol < 0) {
                throw new InvalidRequestException("A secret is written in base 32: A to Z and 2 to 7.");
            }
            held = held << BITS | symbol;
            bits += BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes.write(held >>> bits);
                held &= (1 << bits) - 1;
            }
        }
        return bytes.toByteArray();
    }
}
