package dev.matrix.sla.spi;

import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.HttpCall.Reach;
import dev.matrix.core.spi.HttpTransport;
import java.time.InstantSource;

/**
 * What a check works with.
 *
 * @param transport the Matrix's
 * @param clock the Matrix's
 */
public record ProbeContext(HttpTransport transport, InstantSource clock) {

    /** Which addresses a check of this target may connect to: public ones, or any if the host says it is internal. */
    public Reach reach(ProbeTarget target) {
        return target.internal() ? new Reach.Any() : new Reach.PublicOnly(AddressPolicy.publicOnly());
    }
}
