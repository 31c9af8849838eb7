package dev.matrix.refunds.stripe;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.refunds.InboundNotification;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the header {@code Stripe-Signature}: {@code t=seconds,v1=hex,…}, an HMAC-SHA256 of the time, a point and the body's bytes
 * (docs.stripe.com/webhooks/signature). Signatures of the scheme {@code v0} count for nothing, as anybody can make them.
 */
final class StripeSignature {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int LONGEST_HEADER = 4_096;
    private static final int MAC_LENGTH = 32;

    private final List<SecretKeySpec> keys;

    private StripeSignature(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    static StripeSignature of(List<String> secrets) {
        if (secrets.stream().anyMatch(String::isBlank)) {
            throw new InvalidRequestException("A secret for notifications is empty; Stripe's begin with whsec_.");
        }
        return new StripeSignature(secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
                .toList());
    }

    /** Why a notification isn't Stripe's or is too old; null: it is Stripe's. */
    @Nullable
    String problem(InboundNotification notification, Instant now) {
        if (keys.isEmpty()) {
            return "No secret for Stripe's notifications is configured.";
        }
        String header = notification.header("Stripe-Signature").orElse("");
        if (header.isEmpty() || header.length() > LONGEST_HEADER) {
            return "There is no one header Stripe-Signature.";
        }
        String time = null;
        List<byte[]> signatures = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals("t")) {
                if (time != null) {
                    return "The signature names two times.";
                }
                time = pair[1];
            } else if (pair.length == 2 && pair[0].equals("v1")) {
                byte[] signature = bytes(pair[1]);
                if (signature != null) {
                    signatures.add(signature);
                }
            }
        }
        Instant signedAt = time == null ? null : instant(time);
        if (time == null || signedAt == null) {
            return "The signature names no time.";
        }
        if (!isSigned(time, notification.body(), signatures)) {
            return "No signature matches the body.";
        }
        return Duration.between(signedAt, now).abs().compareTo(TOLERANCE) > 0
                ? "The signature is more than " + TOLERANCE.toMinutes() + " minutes old or early."
                : null;
    }

    private static @Nullable Instant instant(String seconds) {
        try {
            return seconds.matches("[0-9]{1,11}") ? Instant.ofEpochSecond(Long.parseLong(seconds)) : null;
        } catch (DateTimeException beyond) {
            return null;
        }
    }

    private static byte @Nullable [] bytes(String hex) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex);
            return bytes.length == MAC_LENGTH ? bytes : null;
        } catch (IllegalArgumentException notHex) {
            return null;
        }
    }

    /** Compares each pair in constant time. */
    private boolean isSigned(String time, byte[] body, List<byte[]> signatures) {
        boolean matches = false;
        for (SecretKeySpec key : keys) {
            byte[] expected = mac(key, time, body);
            for (byte[] signature : signatures) {
                matches |= MessageDigest.isEqual(expected, signature);
            }
        }
        return matches;
    }

    private static byte[] mac(SecretKeySpec key, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This JVM has no HmacSHA256, which each has to have.", missing);
        }
    }

    @Override
    public String toString() {
        return "StripeSignature[" + keys.size() + " secrets]";
    }
}
