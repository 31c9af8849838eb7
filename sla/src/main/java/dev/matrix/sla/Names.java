package dev.matrix.sla;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;

/** Keys joined of hosts' names: no two different lists of names give one key. */
final class Names {

    private static final int LONGEST = 255;

    private Names() {}

    static String key(String first, String... parts) {
        StringJoiner joined = new StringJoiner(":").add(first);
        for (String part : parts) {
            joined.add(part.replace("%", "%25").replace(":", "%3A"));
        }
        String key = joined.toString();
        return key.length() <= LONGEST ? key : first + ":" + sha256(key.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
