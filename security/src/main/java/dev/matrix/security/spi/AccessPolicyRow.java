package dev.matrix.security.spi;

import java.time.Duration;

/**
 * A scope's policy as it is stored.
 *
 * @param scope as {@code RuleScope.text()}
 * @param ipDefault as text, as a newer node may write one that this node doesn't know
 * @param precedence as text, as that
 * @param stepUpAge in whole seconds
 * @param version 1 or more
 */
public record AccessPolicyRow(String scope, String ipDefault, String precedence, Duration stepUpAge, long version) {}
