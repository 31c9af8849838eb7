package dev.matrix.security.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule about where addresses are.
 *
 * @param scope as {@code RuleScope.text()}
 * @param owner whose it is: {@code platform}, or as {@code Owner.toString()}
 * @param match as {@code GeoMatch.text()}; a newer version may have written one that this one doesn't know
 * @param action as the name of {@code RuleAction}; likewise
 */
public record GeoRuleRow(
        String id,
        String scope,
        String owner,
        String match,
        String action,
        String note,
        @Nullable Instant expiresAt,
        Instant createdAt,
        String createdBy) {}
