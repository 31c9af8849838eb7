package dev.matrix.webhooks.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA256 (RFC 2104) under one key. Thread-safe. */
final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** Making and keying a Mac costs as much as signing a small body, so the last one used waits here for the next. */
    private final AtomicReference<@Nullable Mac> idle = new AtomicReference<>();

    Hmac(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Keyed as Stripe and GitHub do: by the whole text of the secret, prefix and all. */
    static Hmac ofText(String secret) {
        return new Hmac(secret.getBytes(StandardCharsets.UTF_8));
    }

    String base64(byte[] prefix, byte[] body) {
        return Base64.getEncoder().encodeToString(sign(prefix, body));
    }

    String hex(byte[] prefix, byte[] body) {
        return HexFormat.of().formatHex(sign(prefix, body));
    }

    private byte[] sign(byte[] prefix, byte[] body) {
        Mac mac = idle.getAndSet(null);
        if (mac == null) {
            mac = keyed();
        }
        mac.update(prefix);
        byte[] code = mac.doFinal(body);
        idle.set(mac);
        return code;
    }

    private Mac keyed() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks " + ALGORITHM + ", which every Java platform has.", e);
        }
    }
}
