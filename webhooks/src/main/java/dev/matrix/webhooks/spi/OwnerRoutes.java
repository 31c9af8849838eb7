package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import java.util.List;

/**
 * The endpoints of one owner that events are routed to, as of a routing version.
 *
 * @param version raised by each change that may alter routing; 0: the owner never had an endpoint
 * @param endpoints those that are ACTIVE or PAUSED
 */
public record OwnerRoutes(Owner owner, long version, List<EndpointRow> endpoints) {}
