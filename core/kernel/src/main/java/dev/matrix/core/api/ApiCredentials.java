package dev.matrix.core.api;

import org.jspecify.annotations.Nullable;

/**
 * What a request says about its caller.
 *
 * @param bearer the token of {@code Authorization: Bearer}; null: there is none, or not exactly one
 * @param headers all headers
 * @param clientAddress the caller's network address
 */
public record ApiCredentials(@Nullable String bearer, ApiHeaders headers, String clientAddress) {

    /** Without the token. */
    @Override
    public String toString() {
        return "ApiCredentials of " + clientAddress;
    }
}
