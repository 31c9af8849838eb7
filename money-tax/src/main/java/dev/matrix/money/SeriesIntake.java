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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides, observation by observation of one series, what is new, what is a correction and what must wait. */
final class SeriesIntake {

    /** What was published that long ago and stood is history: nobody confirms it one by one. */
    private static final int DAYS_OF_DOUBT = 90;

    private final Series series;
    private final Moves moves;
    private final Instant now;
    private final LocalDate doubtedFrom;
    private final Map<Instant, RateSnapshot> stored = new HashMap<>();
    private final List<RateSnapshot> added = new ArrayList<>();
    private final List<String> confirmed = new ArrayList<>();
    private final Map<String, Quarantine> quarantines = new HashMap<>();
    private @Nullable RateSnapshot accepted;
    private @Nullable RateSnapshot waiting;

    private SeriesIntake(Series series, Moves moves, Instant now) {
        this.series = series;
        this.moves = moves;
        this.now = now;
        this.doubtedFrom = RateMemory.day(now).minusDays(DAYS_OF_DOUBT);
    }

    /** Reads what the store has of these observations, which are ordered by time. */
    static SeriesIntake begin(
            Tx tx, FxSnapshotStore store, Series series, List<ObservedRates> observed, Moves moves, Instant now) {
        SeriesIntake intake = new SeriesIntake(series, moves, now);
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

    /** What was overtaken by an accepted observation waits for nothing any more. */
    private void forgetWhatIsPast() {
        if (accepted != null && waiting != null && !waiting.observedAt().isAfter(accepted.observedAt())) {
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
        } else if (accepted == null || !snapshot.observedAt().isBefore(accepted.observedAt())) {
            accepted = snapshot;
            forgetWhatIsPast();
        }
    }

    /** An observation that isn't older than the one that waits, and agrees with it, ends its quarantine. */
    private void confirmBy(ObservedRates observed) {
        RateSnapshot candidate = waiting;
        if (candidate == null || accepted == null || observed.observedAt().isBefore(candidate.observedAt())) {
            return;
        }
        if (Moves.agree(moves.tooFar(accepted.rates(), candidate.rates()), observed.rates())) {
            RateSnapshot borneOut = candidate.decided(RateStatus.ACCEPTED, now);
            if (!added.remove(candidate)) {
                confirmed.add(candidate.id());
            } else {
                added.add(borneOut);
                quarantines.remove(candidate.id());
            }
            stored.put(borneOut.observedAt(), borneOut);
            accepted = borneOut;
            waiting = null;
        }
    }

    private List<Move> doubts(ObservedRates observed, @Nullable RateSnapshot former) {
        if (observed.observedOn().isBefore(doubtedFrom)) {
            return List.of();
        }
        if (former != null && former.status() == RateStatus.ACCEPTED) {
            return moves.tooFar(former.rates(), observed.rates());
        }
        boolean newer = accepted != null && !observed.observedAt().isBefore(accepted.observedAt());
        return accepted != null && newer ? moves.tooFar(accepted.rates(), observed.rates()) : List.of();
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
