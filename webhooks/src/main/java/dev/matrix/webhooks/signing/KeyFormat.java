package dev.matrix.webhooks.signing;

import dev.matrix.core.InvalidRequestException;
import java.util.Base64;

/**
 * How keys are written: a prefix, then standard base64 (Standard Webhooks 1.0.0, "Signature scheme"). What it refuses it
 * never repeats.
 */
enum KeyFormat {
    /** A secret that sender and receiver share. */
    SECRET("whsec_", 24, 64),
    /** An Ed25519 seed and its public key. */
    KEY_PAIR("whsk_", 64, 64),
    /** An Ed25519 public key. */
    PUBLIC_KEY("whpk_", 32, 32);

    private final String prefix;
    private final int least;
    private final int most;

    KeyFormat(String prefix, int least, int most) {
        this.prefix = prefix;
        this.least = least;
        this.most = most;
    }

    boolean isOf(String text) {
        return text.startsWith(prefix);
    }

    /** The same key with this prefix, where its writer left it out. */
    String prefixed(String text) {
        return isOf(text) ? text : prefix + text;
    }

    String encode(byte[] key) {
        return prefix + Base64.getEncoder().encodeToString(key);
    }

    byte[] decode(String text) {
        if (!isOf(text)) {
            throw refused("begins with " + prefix + "; this doesn't.");
        }
        String rest = text.substring(prefix.length());
        if (rest.isEmpty()) {
            throw refused("holds " + size() + " bytes; this is empty.");
        }
        if (rest.indexOf('-') >= 0 || rest.indexOf('_') >= 0) {
            throw refused("is standard base64, with '+' and '/'; this is base64url, with '-' or '_'. Encode it again.");
        }
        byte[] key = decodeBase64(rest);
        if (key.length < least) {
            throw refused("holds " + size() + " bytes; this is too short, with " + key.length + ".");
        }
        if (key.length > most) {
            throw refused("holds " + size() + " bytes; this is too long, with " + key.length + ".");
        }
        return key;
    }

    /** Strict, as some receivers' decoders are: a text that Java reads and they refuse would verify nowhere. */
    private byte[] decodeBase64(String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refused("is standard base64; this holds other characters or ends too early.");
        }
        if (!Base64.getEncoder().encodeToString(key).equals(text)) {
            throw refused("is standard base64, padded with '=' to a multiple of four characters; this isn't.");
        }
        return key;
    }

    private String size() {
        return least == most ? Integer.toString(least) : least + " to " + most;
    }

    private InvalidRequestException refused(String rule) {
        return new InvalidRequestException("A " + prefix + " key " + rule);
    }
}
