package dev.matrix.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/** A device's codes (RFC 6238), by the step of time that each is for. */
final class TotpCode {

    private static final int TEN = 10;

    private final TimeBasedOneTimePasswordGenerator generator;
    private final SecretKeySpec key;
    private final int periodSeconds;
    private final int digits;

    TotpCode(byte[] secret, TotpAlgorithm algorithm, int digits, int periodSeconds) {
        this.generator =
                new TimeBasedOneTimePasswordGenerator(Duration.ofSeconds(periodSeconds), digits, algorithm.hmac());
        this.key = new SecretKeySpec(secret, algorithm.hmac());
        this.periodSeconds = periodSeconds;
        this.digits = digits;
    }

    long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), periodSeconds);
    }

    /** ASCII digits in every locale. */
    String at(long step) {
        int code = number(step);
        char[] text = new char[digits];
        for (int i = digits - 1; i >= 0; i--) {
            text[i] = (char) ('0' + code % TEN);
            code /= TEN;
        }
        return new String(text);
    }

    private int number(long step) {
        try {
            return generator.generateOneTimePassword(key, Instant.ofEpochSecond(step * periodSeconds));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("An HMAC takes a key of any length.", e);
        }
    }

    /** The step around {@code centre} whose code that is, the latest first; each is compared in constant time. */
    OptionalLong match(String code, long centre, int window) {
        OptionalLong found = OptionalLong.empty();
        byte[] presented = code.getBytes(US_ASCII);
        for (long step = centre - window; step <= centre + window; step++) {
            if (step >= 0 && MessageDigest.isEqual(at(step).getBytes(US_ASCII), presented)) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** The code in a text, spaces removed; empty where it isn't that many ASCII digits. */
    static String digits(String text) {
        String bare = text.replace(" ", "");
        return bare.matches("[0-9]{6,8}") ? bare : "";
    }
}
