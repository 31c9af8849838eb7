package dev.matrix.money;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One source's rates of one base at one observation, as stored before their use; except for its status it never changes.
 *
 * @param id {@code fxs_…}
 * @param source who published it, such as {@code ecb}
 * @param base the code of the currency that one unit of is priced
 * @param observedOn the day of the observation in the source's calendar; of a manual rate, the first day that it holds
 * @param observedAt when the rates were observed
 * @param fetchedAt when this Matrix got them; store time
 * @param acceptedAt from when on conversions may use it; null until then; store time
 * @param revision 1, and one more with each correction of the same observation
 * @param status whether conversions may use it
 * @param validUntil the last day that a manual rate holds; null: no end, and for every other source
 * @param rates what one unit of {@code base} is worth, by currency code
 */
public record RateSnapshot(
        String id,
        String source,
        String base,
        LocalDate observedOn,
        Instant observedAt,
        Instant fetchedAt,
        @Nullable Instant acceptedAt,
        int revision,
        RateStatus status,
        @Nullable LocalDate validUntil,
        SortedMap<String, QuotedRate> rates) {

    public RateSnapshot {
        requireNonNull(id, "id");
        requireNonNull(source, "source");
        requireNonNull(base, "base");
        requireNonNull(observedOn, "observedOn");
        requireNonNull(observedAt, "observedAt");
        requireNonNull(fetchedAt, "fetchedAt");
        requireNonNull(status, "status");
        rates = Collections.unmodifiableSortedMap(new TreeMap<>(rates));
    }

    /** This snapshot after its quarantine: accepted at {@code now}, or rejected. */
    public RateSnapshot decided(RateStatus decision, Instant now) {
        Instant inUseFrom = decision == RateStatus.ACCEPTED ? now : null;
        return new RateSnapshot(
                id, source, base, observedOn, observedAt, fetchedAt, inUseFrom, revision, decision, validUntil, rates);
    }
}
