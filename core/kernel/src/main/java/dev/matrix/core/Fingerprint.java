package dev.matrix.core;

import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of what makes two events the same: type, version, subject, visibleTo and payload; each behind its length. */
final class Fingerprint {

    private Fingerprint() {}

    static byte[] of(StoredEvent stored) {
        BillingEvent event = stored.event();
        MessageDigest digest = sha256();
        update(digest, event.type().name());
        update(digest, Integer.toString(event.version()));
        update(digest, event.subject());
        update(digest, Integer.toString(event.visibleTo().size()));
        event.visibleTo().forEach(owner -> update(digest, owner.toString()));
        return digest.digest(stored.json());
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
