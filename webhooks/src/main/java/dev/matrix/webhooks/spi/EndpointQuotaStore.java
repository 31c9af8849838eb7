package dev.matrix.webhooks.spi;

import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;

/** How often something may be done for an endpoint, over all nodes. */
public interface EndpointQuotaStore {

    /**
     * Takes one of the {@code most} that any span of {@code per} may hold, and remembers it with the transaction; false
     * where they are used up. Callers of one endpoint and purpose wait for each other's transactions.
     *
     * @param what the purpose: {@code [a-z_]{1,32}}
     * @param most 1 to 50
     */
    boolean take(Tx tx, String endpointId, String what, int most, Duration per, Instant now);
}
