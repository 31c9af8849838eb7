package dev.matrix.security.spi;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A scope's policy as it is stored. Actions and precedence are texts, as a newer node may write one that this node doesn't know.
 *
 * @param scope as {@code RuleScope.text()}
 * @param stepUpAge in whole seconds
 * @param secondFactorFrom null: never
 * @param version 1 or more
 */
public record AccessPolicyRow(
        String scope,
        String ipDefault,
        String geoDefault,
        String unknownCountry,
        String privateAddress,
        boolean ipAllowOverridesGeo,
        String precedence,
        Duration stepUpAge,
        @Nullable Instant secondFactorFrom,
        long version) {

    /** The same policy, as the first of another scope. */
    public AccessPolicyRow firstOf(String otherScope) {
        return new AccessPolicyRow(
                otherScope,
                ipDefault,
                geoDefault,
                unknownCountry,
                privateAddress,
                ipAllowOverridesGeo,
                precedence,
                stepUpAge,
                secondFactorFrom,
                1);
    }
}
