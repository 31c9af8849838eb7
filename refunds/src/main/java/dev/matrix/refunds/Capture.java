package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Money that a provider captured.
 *
 * @param id of the capture within its payment; empty in a draft: Matrix makes one, {@code cap_…}
 * @param ref the provider's id
 * @param settled what arrived, if in another currency
 * @param data what the provider needs besides
 */
public record Capture(
        String id,
        String ref,
        Money amount,
        Instant capturedAt,
        @Nullable Money settled,
        Map<String, String> data) {

    public Capture {
        data = Map.copyOf(data);
        Checks.reference(ref, "A capture's ref");
        Checks.amount(amount, "A capture's amount");
    }

    /** A capture without an id, settled in its own currency. */
    public static Capture of(String ref, Money amount, Instant capturedAt) {
        return new Capture("", ref, amount, capturedAt, null, Map.of());
    }

    /** This capture with what arrived in another currency. */
    public Capture settled(Money arrived) {
        return new Capture(id, ref, amount, capturedAt, arrived, data);
    }

    /** This capture with an id. */
    public Capture withId(String captureId) {
        return new Capture(captureId, ref, amount, capturedAt, settled, data);
    }
}
