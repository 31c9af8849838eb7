package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Currency;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code analytics.bucket_restated}: late facts changed a figure that was final.
 *
 * @param timeRange in lower snake case, such as month
 * @param measure in lower snake case, such as net_revenue
 * @param currency null for what is no money
 */
public record AnalyticsBucketRestated(
        String id,
        Owner owner,
        String timeRange,
        Instant bucketStart,
        String measure,
        BigDecimal before,
        BigDecimal after,
        @Nullable Currency currency)
        implements EventPayload {

    public AnalyticsBucketRestated {
        Checks.subject(id, owner);
        Checks.word(timeRange, "AnalyticsBucketRestated.timeRange");
        Checks.word(measure, "AnalyticsBucketRestated.measure");
    }

    @Override
    public EventType type() {
        return EventTypes.ANALYTICS_BUCKET_RESTATED;
    }
}
