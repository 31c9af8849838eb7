package dev.matrix.refunds.spi;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.InboundNotification;
import java.util.List;
import java.util.Optional;

/** A far side that the contract can drive: a provider's sandbox, or a fake of it that behaves as its documents say. */
public interface ProviderStand {

    /** How the far side treats the next request that would move money, and, where it can, the connection to it. */
    enum Behaviour {
        ACCEPT,
        ACCEPT_PENDING,
        DECLINE,
        REFUSE_CONNECTION,
        DROP_BEFORE_EXECUTION,
        DROP_AFTER_EXECUTION,
        ERROR_BEFORE_EXECUTION,
        ERROR_AFTER_EXECUTION,
        RATE_LIMIT,
        GARBLED_REPLY,
        UNKNOWN_STATUS,
        EXPIRED_CREDENTIALS
    }

    /** How a pending refund ends. */
    enum Finish {
        SETTLED,
        FAILED
    }

    /** Money that moved. */
    record Execution(String ownReference, String captureRef, Money amount) {}

    /** What the provider under test works with; its transport leads here. */
    ProviderContext context();

    /** A new capture of that amount; the reference that refunds name. */
    String capture(Money amount);

    /** The next request that would move money is treated so; those after it are accepted. */
    void next(Behaviour behaviour);

    /** Whether the far side can be reached at all. */
    void reachable(boolean up);

    /** Money that moved, oldest first. */
    List<Execution> executions();

    /** Ends a pending refund, or lets a settled one fail late. */
    void finish(String ownReference, Finish how);

    /**
     * A notification that the far side would send now about a refund, received now; empty (default) where it sends none, which skips
     * what the contract says of notifications.
     */
    default Optional<InboundNotification> notification(String ownReference) {
        return Optional.empty();
    }

    /** Texts that must appear nowhere: keys and passwords. */
    List<String> secrets();
}
