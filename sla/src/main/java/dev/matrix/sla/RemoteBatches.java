package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.MeasurementStore.BatchKey;
import dev.matrix.sla.spi.MeasurementStore.BatchRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes measurements from elsewhere; each batch counts once. */
record RemoteBatches(SlaStores stores, Records records, Text text, InstantSource clock, Runnable stored) {

    private static final Duration REMEMBERED = Duration.ofDays(70);
    private static final Duration MOST_AHEAD = Duration.ofSeconds(60);

    /** @param account whose source it is, so that names of several accounts lie apart */
    BatchResult add(Tx tx, String account, MeasurementBatch batch) {
        Instant now = clock.instant();
        String source = Names.key("remote", account, batch.source());
        String fingerprint = Names.sha256(text.of(batch).getBytes(StandardCharsets.UTF_8));
        Entries entries = new Entries(tx, now);
        for (MeasurementBatch.Request each : batch.requests()) {
            entries.add(each.subscriptionId(), each.at(), counts(each), reason(each), each);
        }
        for (MeasurementBatch.Minute each : batch.minutes()) {
            entries.add(each.subscriptionId(), each.minute(), counts(each), reason(each), null);
        }
        Optional<String> earlier =
                stores.measurements().see(tx, source, batch.batchId(), fingerprint, now.plus(REMEMBERED));
        if (earlier.isPresent() && !earlier.get().equals(fingerprint)) {
            throw new ConflictException("Batch " + batch.batchId() + " of " + batch.source()
                    + " is known with other content; give it an id of its own.");
        }
        if (earlier.isEmpty()) {
            stores.measurements()
                    .putBatches(tx, entries.rows(Names.key("remote", account, batch.source(), batch.batchId())));
            tx.afterCommit(stored);
        }
        return new BatchResult(entries.accepted, earlier.isPresent(), entries.rejected);
    }

    private static @Nullable String reason(MeasurementBatch.Request each) {
        return each.durationMs() < 0 ? "durationMs is negative." : null;
    }

    private static MinuteCounts counts(MeasurementBatch.Request each) {
        Series one = new Series(0, 0, Long.MAX_VALUE);
        one.count(0, 0, each.outcome());
        return one.take(0);
    }

    /** A number that can't be is rejected, never made to fit. */
    private static @Nullable String reason(MeasurementBatch.Minute each) {
        if (!each.minute().truncatedTo(ChronoUnit.MINUTES).equals(each.minute())) {
            return "minute isn't a whole minute.";
        }
        if (each.total() < 0 || each.total() > Requirements.MOST) {
            return "total isn't 0 to " + Requirements.MOST + ".";
        }
        return part("bad", each.bad(), each.total(), "total")
                .or(() -> part("slow", each.slow(), each.total() - zero(each.bad()), "good requests"))
                .or(() -> part("rejected", each.rejected(), each.bad() == null ? each.total() : each.bad(), "bad"))
                .orElse(null);
    }

    private static Optional<String> part(String name, @Nullable Long part, long whole, String of) {
        if (part == null || (part >= 0 && part <= whole)) {
            return Optional.empty();
        }
        return Optional.of(name + " isn't 0 to " + whole + ", the number of " + of + ".");
    }

    private static long zero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static MinuteCounts counts(MeasurementBatch.Minute each) {
        int unknown = (each.bad() == null ? MinuteCounts.BAD : 0)
                | (each.slow() == null ? MinuteCounts.SLOW : 0)
                | (each.rejected() == null ? MinuteCounts.REJECTED : 0);
        return new MinuteCounts(
                each.total(), zero(each.bad()), zero(each.slow()), zero(each.rejected()), 0, 0, 0, unknown);
    }

    /** The entries of one batch, as they are sorted into minutes and shards. */
    private final class Entries {

        private final Tx tx;
        private final Instant now;
        private final Map<String, Optional<Subscribed>> known = new HashMap<>();
        private final Map<Long, Map<Integer, Map<Long, MinuteCounts>>> minutes = new TreeMap<>();
        private final List<BatchResult.Rejected> rejected = new ArrayList<>();
        private int index;
        private int accepted;

        Entries(Tx tx, Instant now) {
            this.tx = tx;
            this.now = now;
        }

        void add(
                String subscription,
                Instant at,
                MinuteCounts counts,
                @Nullable String reason,
                MeasurementBatch.@Nullable Request request) {
            @Nullable String why = reason;
            Subscribed subscribed = known.computeIfAbsent(subscription, id -> records.subscription(tx, id))
                    .orElse(null);
            if (why == null && at.isAfter(now.plus(MOST_AHEAD))) {
                why = "It lies more than 60 s ahead.";
            } else if (why == null && at.isBefore(Instant.EPOCH)) {
                why = "It lies before 1970.";
            } else if (why == null && (subscribed == null || subscribed.at(at) == null)) {
                why = "The subscription isn't bound then.";
            }
            if (why != null || subscribed == null) {
                rejected.add(new BatchResult.Rejected(index, String.valueOf(why)));
            } else {
                MinuteCounts own = request == null ? counts : withLatency(subscribed, request, counts);
                minutes.computeIfAbsent(Counting.minute(at.isAfter(now) ? now : at), any -> new TreeMap<>())
                        .computeIfAbsent(subscribed.shard(), any -> new TreeMap<>())
                        .merge(subscribed.row().series(), own, MinuteCounts::plus);
                accepted++;
            }
            index++;
        }

        private MinuteCounts withLatency(Subscribed subscribed, MeasurementBatch.Request request, MinuteCounts counts) {
            Segment segment = Timeline.of(subscribed.bindings(), records.tiers(tx), List.of(), Map.of())
                    .segment(Counting.minute(request.at()));
            boolean slow = segment != null
                    && counts.good() > 0
                    && segment.definition()
                            .objective(SlaObjective.LATENCY)
                            .filter(each -> Duration.ofMillis(request.durationMs())
                                            .compareTo(((Objective.Latency) each).threshold())
                                    > 0)
                            .isPresent();
            return slow ? new MinuteCounts(counts.valid(), counts.bad(), 1, 0, 0, 0, 0, 0) : counts;
        }

        List<BatchRow> rows(String source) {
            List<BatchRow> rows = new ArrayList<>();
            minutes.forEach((minute, shards) -> shards.forEach((shard, counts) -> rows.add(
                    new BatchRow(new BatchKey(source, minute, shard, 0), 1, new Batch(List.of(), counts).pack()))));
            return rows;
        }
    }
}
