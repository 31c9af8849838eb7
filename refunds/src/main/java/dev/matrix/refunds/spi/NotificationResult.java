package dev.matrix.refunds.spi;

import java.time.Instant;
import java.util.List;

/** What a provider makes of a notification. */
public sealed interface NotificationResult {

    /**
     * It is the provider's.
     *
     * @param eventId the provider's id of the notification; the same for a repetition
     * @param occurredAt when it happened, as the provider says
     * @param subjects what it names; empty where it concerns neither refunds nor disputes
     */
    record Verified(String eventId, Instant occurredAt, List<Subject> subjects) implements NotificationResult {

        public Verified {
            subjects = List.copyOf(subjects);
        }
    }

    /** It isn't the provider's, was altered, or is too old. The reason is told to the sender. */
    record Rejected(String reason) implements NotificationResult {}

    /** Whether it is the provider's can't be told now, as what verifies it was not reached. */
    record Unverifiable(String cause) implements NotificationResult {}
}
