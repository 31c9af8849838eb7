package dev.matrix.examples.benchmarks;

import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.UsageRecorded;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** Events of about 1 kB. */
public final class Facts {

    /** What {@link #draft} makes. */
    public static final String TYPE = "usage.recorded";

    private static final Period HOUR =
            Period.of(Instant.parse("2026-11-01T10:00:00Z"), Instant.parse("2026-11-01T11:00:00Z"));
    private static final int PADDING = 700;

    private Facts() {}

    /** An event with its own id, {@code name}, and an idempotency key. */
    public static EventDraft draft(String name, Owner owner) {
        return BillingEvent.of(UsageRecorded.builder()
                        .id(name)
                        .owner(owner)
                        .metric("tokens")
                        .quantity(new BigDecimal("1234.5"))
                        .unit("token")
                        .period(HOUR)
                        .resourceId("model-large")
                        .subscriptionId("sub_" + name)
                        .attributes(Map.of("note", "x".repeat(PADDING)))
                        .build())
                .withId(name)
                .withKey(name);
    }
}
