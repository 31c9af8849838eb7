package dev.matrix.refunds.spi;

import dev.matrix.refunds.InboundNotification;
import dev.matrix.refunds.RefundDestination;
import java.util.Optional;

/**
 * Returns captured money by one payment provider. Thread-safe, and called from any node; it returns within the call timeout
 * and keeps nothing in memory that a restart would need. It sends {@link RefundCommand#ownReference()} where {@link #lookup}
 * can find it, one key moves money once at most, and the amount that it sends is explicit.
 *
 * <p>The engine calls it outside transactions, under one valid lease and with one key per leg at a time. The published {@code
 * RefundProviderContract} proves an implementation.
 */
public interface RefundProvider {

    /** What it is stored under with each leg, {@code [a-z][a-z0-9_-]{1,31}}; constant. */
    String name();

    /** What it can do; constant. */
    ProviderCapabilities capabilities();

    /**
     * Sends the refund. A timeout, a reset, a status of 5xx or 409 and an unreadable body are {@link ProviderResult.Unknown};
     * null and whatever is thrown count as that too.
     */
    ProviderResult submit(RefundCommand command, ProviderContext context);

    /** Finds a refund that may have been sent before; it never creates one. */
    LookupResult lookup(RefundProbe probe, ProviderContext context);

    /** Asks for the end of a pending refund; called only where the capabilities say that it is cancellable. */
    default ProviderResult cancel(RefundProbe probe, ProviderContext context) {
        return new ProviderResult.Unknown("This provider doesn't cancel refunds.");
    }

    /**
     * What is wrong with a destination, as a sentence for the caller; empty: nothing is. Judged locally, without any call. Asked
     * only where the capabilities say that a destination is needed.
     */
    default Optional<String> destinationProblem(RefundDestination to) {
        return Optional.empty();
    }

    /**
     * Verifies a notification and reads which refunds and disputes it names. What can be checked locally comes first: headers,
     * addresses, age. The context's transport makes at most 8 calls at once for a provider on one node, each within 10 s; beyond
     * that it throws a {@link dev.matrix.core.spi.TransportException} with nothing sent, which is {@link
     * NotificationResult.Unverifiable}, as is null or any other exception.
     */
    default NotificationResult interpret(InboundNotification notification, ProviderContext context) {
        return new NotificationResult.Rejected("This provider sends no notifications.");
    }

    /** Its disputes; empty (default): it has none that can be read. */
    default Optional<DisputeProvider> disputes() {
        return Optional.empty();
    }

    /** Its list of refunds, by which those made at its own desk are found; empty (default): it has none. */
    default Optional<RefundFeed> feed() {
        return Optional.empty();
    }
}
