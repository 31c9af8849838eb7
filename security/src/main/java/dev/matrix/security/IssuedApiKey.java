package dev.matrix.security;

/**
 * A key that was just made.
 *
 * @param text what its holder sends; this is the only time that it is shown
 */
public record IssuedApiKey(ApiKey key, String text) {

    /** Without the text. */
    @Override
    public String toString() {
        return "IssuedApiKey[" + key.id() + "]";
    }
}
