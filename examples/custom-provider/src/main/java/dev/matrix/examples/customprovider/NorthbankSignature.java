package dev.matrix.examples.customprovider;

import dev.matrix.refunds.InboundNotification;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Northbank's signature: {@code Northbank-Time: seconds} and {@code Northbank-Signature: hex} of an HMAC-SHA256 of time and body. */
final class NorthbankSignature {

    private final SecretKeySpec key;

    NorthbankSignature(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    boolean isValid(InboundNotification notification, Instant now, Duration tolerance) {
        String time = notification.header("Northbank-Time").orElse("");
        String signature = notification.header("Northbank-Signature").orElse("");
        if (!time.matches("[0-9]{1,10}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now)
                .abs();
        byte[] expected = sign(time, notification.body()).getBytes(StandardCharsets.US_ASCII);
        // Compared in constant time, so that nobody can find a signature byte by byte.
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))
                && age.compareTo(tolerance) <= 0;
    }

    String sign(String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This JVM has no HmacSHA256, which each has to have.", missing);
        }
    }
}
