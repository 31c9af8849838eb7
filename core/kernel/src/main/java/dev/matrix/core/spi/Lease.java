package dev.matrix.core.spi;

import dev.matrix.core.StorableText;
import java.time.Instant;

/**
 * What only one node may do until an instant of store time.
 *
 * @param key what is leased
 * @param node who holds it
 * @param token the fencing token: each acquisition has a higher one than all before
 * @param until when it ends unless renewed; store time
 */
public record Lease(String key, String node, long token, Instant until) {

    /** @throws dev.matrix.core.InvalidRequestException for a key or node that can't be stored as it is */
    public Lease {
        StorableText.require(key, "The key of a lease");
        StorableText.require(node, "The name of a node");
    }

    /** This lease with a later end. */
    public Lease until(Instant later) {
        return new Lease(key, node, token, later);
    }
}
