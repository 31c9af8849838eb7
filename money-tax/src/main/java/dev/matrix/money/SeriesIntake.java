package dev.matrix.money;

import dev.matrix.core.spi.Tx;
import dev.matrix.money.Intake.Quarantine;
import dev.matrix.money.Moves.Move;
import dev.matrix.money.spi.AsOf;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.ObservedRates;
import dev.matrix.money.spi.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides, observation by observation of one series, what is new, what is a correction and what must wait. */
final class SeriesIntake {

    /** What was published that long ago and stood is history: nobody confirms it one by one. */
    private static final int DAYS_OF_DOUBT = 90;

    /** The order of what was said: a correction has its observation's time, and a higher revision. */
    private static final Comparator<RateSnapshot> AGE = Comparator.comparing(RateSnapshot::observedOn)
            .thenComparing(RateSnapshot::observedAt)
            .thenComparingInt(RateSnapshot::revision);

    private final Series series;
    private final Moves moves;
    private final Function<LocalDate, Optional<RateSnapshot>> storedBy;
    private final Instant now;
    private final LocalDate doubtedFrom;
    private final Map<Instant, RateSnapshot> stored = new HashMap<>();
    private final List<RateSnapshot> added = new ArrayList<>();
    private final List<String> confirmed = new ArrayList<>();
    private final Map<String, Quarantine> quarantines = new HashMap<>();
    private @Nullable RateSnapshot accepted;
    private @Nullable RateSnapshot waiting;

    private SeriesIntake(
            Series series, Moves moves, Function<LocalDate, Optional<RateSnapshot>> storedBy, Instant now) {
        this.series = series;
        this.moves = moves;
        this.storedBy = storedBy;
        this.now = now;
        this.doubtedFrom = RateMemory.day(now).minusDays(DAYS_OF_DOUBT);
    }

    /** Reads what the store has of these observations, which are ordered by time. */
    static SeriesIntake begin(
            Tx tx, FxSnapshotStore store, Series series, List<ObservedRates> observed, Moves moves, Instant now) {
        SeriesIntake intake = new SeriesIntake(
                series,
                moves,
                day -> store.newest(tx, List.of(new AsOf(series, day, null))).stream()
                        .findFirst(),
                now);
        Instant first = observed.get(0).observedAt();
        Instant last = observed.get(observed.size() - 1).observedAt();
        store.revisions(tx, series, first, last)
                .forEach(snapshot -> intake.stored.put(snapshot.observedAt(), snapshot));
        intake.accepted = store.newest(tx, List.of(new AsOf(series, null, null))).stream()
                .findFirst()
                .orElse(null);
        intake.waiting = store.quarantined(tx, series).orElse(null);
        intake.forgetWhatIsPast();
        return intake;
    }

    /** What was overtaken by something accepted later waits for nothing any more, unless the same is said of it again. */
    private void forgetWhatIsPast() {
        if (accepted != null && waiting != null && AGE.compare(waiting, accepted) < 0) {
            waiting = null;
        }
    }

    void take(ObservedRates observed, String id) {
        confirmBy(observed);
        RateSnapshot former = stored.get(observed.observedAt());
        if (former != null && former.rates().equals(observed.rates())) {
            return;
        }
        List<Move> moved = doubts(observed, former);
        RateStatus status = moved.isEmpty() ? RateStatus.ACCEPTED : RateStatus.QUARANTINED;
        RateSnapshot snapshot = snapshot(observed, id, former == null ? 1 : former.revision() + 1, status);
        added.add(snapshot);
        stored.put(snapshot.observedAt(), snapshot);
        if (!moved.isEmpty()) {
            waiting = snapshot;
            quarantines.put(id, new Quarantine(snapshot, moved.get(0)));
        } else {
            accept(snapshot);
        }
    }

    private void accept(RateSnapshot snapshot) {
        if (accepted == null || AGE.compare(snapshot, accepted) > 0) {
            accepted = snapshot;
        }
        forgetWhatIsPast();
    }

    /** Ends the quarantine of what is said again of the same observation, and of what a newer observation agrees with. */
    private void confirmBy(ObservedRates observed) {
        RateSnapshot same = stored.get(observed.observedAt());
        if (same != null && same.status() == RateStatus.QUARANTINED && Moves.isSame(same.rates(), observed.rates())) {
            confirm(same);
        }
        RateSnapshot candidate = waiting;
        RateSnapshot last = accepted;
        if (candidate != null
                && last != null
                && !observed.observedAt().isBefore(candidate.observedAt())
                && Moves.agree(moves.tooFar(last.rates(), candidate.rates()), observed.rates())) {
            confirm(candidate);
        }
    }

    private void confirm(RateSnapshot candidate) {
        RateSnapshot borneOut = candidate.decided(RateStatus.ACCEPTED, now);
        if (!added.remove(candidate)) {
            confirmed.add(candidate.id());
        } else {
            added.add(borneOut);
            quarantines.remove(candidate.id());
        }
        stored.merge(borneOut.observedAt(), borneOut, (a, b) -> a.revision() > b.revision() ? a : b);
        waiting = candidate.equals(waiting) ? null : waiting;
        accept(borneOut);
    }

    private List<Move> doubts(ObservedRates observed, @Nullable RateSnapshot former) {
        if (observed.observedOn().isBefore(doubtedFrom)) {
            return List.of();
        }
        RateSnapshot last = accepted;
        if (former == null) {
            boolean newer = last != null && !observed.observedAt().isBefore(last.observedAt());
            return last != null && newer ? moves.tooFar(last.rates(), observed.rates()) : List.of();
        }
        RateSnapshot standing = former.status() == RateStatus.ACCEPTED ? former : acceptedBy(observed.observedOn());
        List<Move> moved = standing == null ? List.of() : moves.tooFar(standing.rates(), observed.rates());
        // What is corrected may itself be the slip: then the correction is close to the day before.
        RateSnapshot before =
                moved.isEmpty() ? null : acceptedBy(observed.observedOn().minusDays(1));
        return before != null && moves.tooFar(before.rates(), observed.rates()).isEmpty() ? List.of() : moved;
    }

    /** What is in force of the last day up to this one; null: nothing. */
    private @Nullable RateSnapshot acceptedBy(LocalDate day) {
        RateSnapshot last = accepted;
        return last != null && !last.observedOn().isAfter(day)
                ? last
                : storedBy.apply(day).orElse(null);
    }

    private RateSnapshot snapshot(ObservedRates observed, String id, int revision, RateStatus status) {
        return new RateSnapshot(
                id,
                series.source(),
                series.base(),
                observed.observedOn(),
                observed.observedAt(),
                now,
                status == RateStatus.ACCEPTED ? now : null,
                revision,
                status,
                null,
                observed.rates());
    }

    /** New snapshots. */
    List<RateSnapshot> added() {
        return List.copyOf(added);
    }

    /** Ids of stored snapshots whose quarantine is over. */
    List<String> confirmed() {
        return List.copyOf(confirmed);
    }

    /** New snapshots that must wait. */
    List<Quarantine> quarantines() {
        return List.copyOf(quarantines.values());
    }
}
