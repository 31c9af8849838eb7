package dev.matrix.security;

/** RFC 4648, section 6, upper case and without padding, as authenticator apps read it. */
final class Base32 {

    private static final char[] SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".toCharArray();
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
                text.append(SYMBOLS[held >>> bits & 31]);
            }
            held &= (1 << bits) - 1;
        }
        return bits == 0
                ? text.toString()
                : text.append(SYMBOLS[held << (BITS - bits) & 31]).toString();
    }
}
