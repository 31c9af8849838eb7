package dev.matrix.analytics;

import java.time.Instant;
import java.util.Comparator;

/**
 * A subscription as one event described it: it holds from its {@code effectiveAt} until the next version's.
 *
 * @param eventId the event
 * @param customer the customer's number
 * @param recordedAt when the log recorded the event
 * @param terms what it said
 */
public record SubscriptionVersion(String eventId, int customer, Instant recordedAt, Terms terms) {

    /** Of several versions of one instant the last in this order holds. */
    static final Comparator<SubscriptionVersion> ORDER = Comparator.comparing(
                    (SubscriptionVersion version) -> version.terms().state().effectiveAt())
            .thenComparing(version -> version.terms().state().sequence())
            .thenComparing(SubscriptionVersion::eventId);
}
