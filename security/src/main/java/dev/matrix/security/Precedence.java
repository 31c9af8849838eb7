package dev.matrix.security;

/** Which of a scope's rules decides where several match. */
public enum Precedence {
    /** The strictest one. */
    DENY_OVERRIDES,
    /** That of the smallest range; of equal ones the strictest. */
    MOST_SPECIFIC
}
