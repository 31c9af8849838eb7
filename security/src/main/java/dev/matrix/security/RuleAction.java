package dev.matrix.security;

/** What a rule or a default says about an address, from the mildest to the strictest. */
public enum RuleAction {
    /** Let in. */
    ALLOW,
    /** Let in with a second factor that is fresh enough. */
    REQUIRE_VERIFICATION,
    /** Keep out. */
    BLOCK;

    /** The stricter of two. */
    public RuleAction stricter(RuleAction other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
