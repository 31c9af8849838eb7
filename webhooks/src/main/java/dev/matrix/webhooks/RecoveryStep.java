package dev.matrix.webhooks;

import dev.matrix.core.MatrixException;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.MissedEvents.Found;
import dev.matrix.webhooks.RecoveryRequest.Include;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import dev.matrix.webhooks.spi.RecoveryRow;
import dev.matrix.webhooks.spi.RecoveryRow.Cursor;
import dev.matrix.webhooks.spi.RecoveryRow.Phase;
import dev.matrix.webhooks.spi.RecoveryStore.Requeued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works on recoveries, a piece of each in turn. A piece and the place after it commit together, so whichever node goes on
 * after a crash repeats nothing and leaves nothing out. One that fails holds up no other: its failure is thrown once no other
 * has anything left to do, and it is tried again.
 *
 * <p>Events are routed as they are published, so one whose transaction was open while its endpoint was changed may have no
 * delivery, and commits behind a walk that has passed its id. So the last minute before a recovery's end is walked again a minute
 * after it; an event of a transaction that stays open for longer isn't found.
 */
final class RecoveryStep implements Step {

    static final String NAME = "webhooks.recover";

    /** That a recovery couldn't go on. */
    private static final class Stuck extends MatrixException {

        private static final long serialVersionUID = 1L;

        private final String id;

        Stuck(String id, RuntimeException cause) {
            super("Recovery " + id + " can't go on; it is tried again until it can, or is stopped.", cause);
            this.id = id;
        }
    }

    /** What came of one recovery's turn. */
    private record Turn(String id, boolean advanced) {}

    private static final int BATCH = 500;
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final WebhookStores stores;
    private final MissedEvents missed;
    private final Consumer<String> hint;

    /** @param hint told after a commit which endpoint has something to send */
    RecoveryStep(WebhookStores stores, MissedEvents missed, Consumer<String> hint) {
        this.stores = stores;
        this.missed = missed;
        this.hint = hint;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        boolean advanced = false;
        Stuck stuck = null;
        String last = null;
        do {
            try {
                Turn turn = advanceNext(last, now).orElse(null);
                last = turn == null ? null : turn.id();
                advanced |= turn != null && turn.advanced();
            } catch (Stuck e) {
                last = e.id;
                stuck = e;
            }
        } while (last != null);
        if (stuck != null && !advanced) {
            throw stuck;
        }
        return advanced ? now : now.plus(PAUSE);
    }

    private Optional<Turn> advanceNext(@Nullable String after, Instant now) {
        return stores.transactions()
                .returning(tx -> stores.recoveries().lockNext(tx, after).map(row -> {
                    if (waits(row, now)) {
                        return new Turn(row.id(), false);
                    }
                    try {
                        stores.recoveries().save(tx, advance(tx, row, now));
                    } catch (RuntimeException e) {
                        throw new Stuck(row.id(), e);
                    }
                    return new Turn(row.id(), true);
                }));
    }

    private static boolean waits(RecoveryRow row, Instant now) {
        return row.phase() == Phase.LATE && now.isBefore(lateAt(row.recovery()));
    }

    /** From when on whatever was published before the recovery's end has committed. */
    private static Instant lateAt(Recovery recovery) {
        return recovery.until().plus(LONGEST_TRANSACTION);
    }

    private RecoveryRow advance(Tx tx, RecoveryRow row, Instant now) {
        List<Loaded> endpoint =
                stores.endpoints().load(tx, List.of(row.recovery().endpointId()), now);
        if (endpoint.isEmpty() || endpoint.get(0).row().status() == EndpointStatus.DISABLED) {
            return new RecoveryRow(
                    row.owner(), row.recovery().ended(Recovery.State.STOPPED, now), row.phase(), row.cursor());
        }
        tx.hintAfterCommit(() -> hint.accept(row.recovery().endpointId()));
        return row.phase() == Phase.FAILED ? requeueFailed(tx, row, now) : addMissed(tx, row, endpoint.get(0), now);
    }

    private RecoveryRow requeueFailed(Tx tx, RecoveryRow row, Instant now) {
        Requeued step = stores.recoveries().requeueFailed(tx, row.recovery(), row.cursor(), BATCH);
        Recovery further = row.recovery().counting(step.count(), 0);
        if (step.last() != null) {
            return new RecoveryRow(row.owner(), further, row.phase(), step.last());
        }
        return further.include() == Include.BOTH
                ? new RecoveryRow(row.owner(), further, Phase.MISSED, null)
                : done(row, further, now);
    }

    private RecoveryRow addMissed(Tx tx, RecoveryRow row, Loaded endpoint, Instant now) {
        Instant since = row.recovery().since();
        Instant lately = row.recovery().until().minus(LONGEST_TRANSACTION);
        Instant from = row.phase() == Phase.LATE && lately.isAfter(since) ? lately : since;
        return missed.add(tx, endpoint.row(), row, from, BATCH, now)
                .map(found -> after(row, found, now))
                .orElse(row);
    }

    private static RecoveryRow after(RecoveryRow row, Found found, Instant now) {
        Recovery further = row.recovery().counting(0, found.added());
        Cursor last = found.last();
        if (last != null) {
            return new RecoveryRow(row.owner(), further, row.phase(), last);
        }
        boolean mayBeLate = row.phase() == Phase.MISSED && further.createdAt().isBefore(lateAt(further));
        return mayBeLate ? new RecoveryRow(row.owner(), further, Phase.LATE, null) : done(row, further, now);
    }

    private static RecoveryRow done(RecoveryRow row, Recovery further, Instant now) {
        return new RecoveryRow(row.owner(), further.ended(Recovery.State.DONE, now), row.phase(), row.cursor());
    }
}
