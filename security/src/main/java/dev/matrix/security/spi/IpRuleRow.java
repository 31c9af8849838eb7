package dev.matrix.security.spi;

import dev.matrix.core.net.IpRange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule about addresses as it is stored.
 *
 * @param id {@code ipr_…}
 * @param scope whom it is for, as {@code RuleScope.text()}
 * @param owner to whose limits it counts, as {@code Owner.toString()}; {@code platform} of the platform's own
 * @param action as text, as a newer node may write one that this node doesn't know
 * @param expiresAt from when on it counts no more; null: never
 * @param hits how often it has decided
 * @param lastHitAt null: never
 */
public record IpRuleRow(
        String id,
        String scope,
        String owner,
        IpRange range,
        String action,
        String note,
        @Nullable Instant expiresAt,
        Instant createdAt,
        String createdBy,
        long hits,
        @Nullable Instant lastHitAt) {

    /** This row with more hits. */
    public IpRuleRow hits(long more, Instant at) {
        return new IpRuleRow(id, scope, owner, range, action, note, expiresAt, createdAt, createdBy, hits + more, at);
    }

    /** Whether it counts: before its end. */
    public boolean isActive(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }
}
