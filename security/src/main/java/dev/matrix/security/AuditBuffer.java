package dev.matrix.security;

import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Transactions;
import dev.matrix.security.spi.SecurityAlarm.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Entries whose callers don't wait. They are written some milliseconds later, many per commit; a crash loses those that weren't. While the
 * store is away 10,000 wait; what comes then is dropped, counted, and an alarm tells of it.
 */
final class AuditBuffer implements Step {

    static final String NAME = "security.audit-buffer";

    private static final int MOST = 10_000;
    private static final int BATCH = 1_000;
    private static final int LAST_BATCHES = 2 * MOST / BATCH;

    private record Buffered(String id, AuditEntry entry) {}

    private final Transactions transactions;
    private final AuditWriter writer;
    private final Ids ids;
    private final InstantSource clock;
    private final Alarms alarms;
    private final Runnable wake;
    private final Deque<Buffered> waiting = new ArrayDeque<>();
    private long dropped;

    /** @param wake has this step run */
    AuditBuffer(
            Transactions transactions, AuditWriter writer, Ids ids, InstantSource clock, Alarms alarms, Runnable wake) {
        this.transactions = transactions;
        this.writer = writer;
        this.ids = ids;
        this.clock = clock;
        this.alarms = alarms;
        this.wake = wake;
    }

    void append(AuditEntry entry) {
        if (entry.level() != SecurityLevel.LOW) {
            throw new InvalidRequestException("Only entries at level LOW are buffered, as a crash may lose them; "
                    + entry.action() + " is at " + entry.level() + ". Append it.");
        }
        boolean first;
        synchronized (this) {
            if (waiting.size() >= MOST) {
                dropped++;
                first = false;
            } else {
                waiting.add(new Buffered(ids.next("aud"), entry));
                first = waiting.size() == 1;
            }
        }
        if (first) {
            wake.run();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        List<Buffered> batch = take();
        try {
            write(batch);
        } catch (RuntimeException | Error failed) {
            giveBack(batch);
            tellDropped();
            throw failed;
        }
        tellDropped();
        return isEmpty() ? Instant.MAX : now;
    }

    private synchronized List<Buffered> take() {
        List<Buffered> batch = new ArrayList<>();
        while (batch.size() < BATCH && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    private synchronized void giveBack(List<Buffered> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            waiting.addFirst(batch.get(i));
        }
    }

    private synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** An entry that can't be written at all holds up nobody else's. */
    private void write(List<Buffered> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            transactions.inTransaction(tx -> {
                AuditWriter.Persons persons = writer.persons(tx);
                batch.forEach(each -> writer.write(tx, persons, each.entry, each.entry.action(), each.id));
            });
        } catch (InvalidRequestException refused) {
            if (batch.size() == 1) {
                drop();
                return;
            }
            batch.forEach(each -> write(List.of(each)));
        }
    }

    private synchronized void drop() {
        dropped++;
    }

    private synchronized long takeDropped() {
        long count = dropped;
        dropped = 0;
        return count;
    }

    private void tellDropped() {
        long count = takeDropped();
        if (count > 0) {
            alarms.raise(
                    Kind.AUDIT_DROPPED,
                    NAME,
                    count + " buffered entries of the audit log were dropped: the store takes them too slowly, or not.",
                    clock.instant());
        }
    }

    /** Bounded, as the Matrix is closing. */
    @Override
    public void finish(Instant now) {
        for (int i = 0; i < LAST_BATCHES && !isEmpty(); i++) {
            run(now);
        }
    }
}
