package dev.matrix.security;

import dev.matrix.core.Ids;
import dev.matrix.core.OutcomeUnknownException;
import dev.matrix.core.StorageException;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends entries of callers that wait until theirs is durable. Those who come while another is committing wait, and the first of them
 * then commits for all: under load one commit carries many entries. If that fails, each entry is tried by itself, so that nobody's entry
 * fails for another's; a commit whose answer was lost is repeated by the entries' ids, which writes nothing twice.
 */
final class SharedAppends {

    private static final int MOST_PER_COMMIT = 256;
    private static final int TRIES = 3;

    /** So many entries in a row whose store fails are an outage. */
    private static final int OUTAGE = 3;

    private final Transactions transactions;
    private final AuditWriter writer;
    private final Ids ids;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Waiting> waiting = new ArrayList<>();
    private boolean committing;

    SharedAppends(Transactions transactions, AuditWriter writer, Ids ids) {
        this.transactions = transactions;
        this.writer = writer;
        this.ids = ids;
    }

    /** An entry whose caller waits; written by the one who commits, read by its caller, both under the lock. */
    private static final class Waiting {

        private final AuditEntry entry;
        private final String id;
        private boolean done;
        private @Nullable Throwable failure;

        Waiting(AuditEntry entry, String id) {
            this.entry = entry;
            this.id = id;
        }
    }

    /** Returns the entry's id once it is durable. */
    String append(AuditEntry entry) {
        OwnTransaction.require(transactions, "Appending an entry without a transaction");
        Waiting own = new Waiting(entry, ids.next("aud"));
        lock.lock();
        try {
            waiting.add(own);
            while (!own.done) {
                if (committing) {
                    changed.awaitUninterruptibly();
                } else {
                    commitNext();
                }
            }
        } finally {
            lock.unlock();
        }
        return result(own);
    }

    private static String result(Waiting own) {
        if (own.failure instanceof Error error) {
            throw error;
        }
        if (own.failure instanceof RuntimeException failure) {
            throw failure;
        }
        return own.id;
    }

    /** Called under the lock, which is free while the commit is in progress. */
    private void commitNext() {
        List<Waiting> batch = new ArrayList<>(waiting.subList(0, Math.min(MOST_PER_COMMIT, waiting.size())));
        waiting = new ArrayList<>(waiting.subList(batch.size(), waiting.size()));
        committing = true;
        lock.unlock();
        try {
            commit(batch);
        } finally {
            lock.lock();
            committing = false;
            batch.forEach(each -> each.done = true);
            changed.signalAll();
        }
    }

    private void commit(List<Waiting> batch) {
        try {
            transactions.inTransaction(tx -> write(tx, batch));
        } catch (RuntimeException | Error failed) {
            commitEach(batch, failed);
        }
    }

    /**
     * One entry that can't be written fails alone. Where several in a row meet a failing store, the rest doesn't wait for it again
     * and again, and is told the failure that they had in common: it says whether they may have been written.
     */
    private void commitEach(List<Waiting> batch, Throwable inCommon) {
        int failures = 0;
        for (Waiting each : batch) {
            if (failures == OUTAGE) {
                each.failure = inCommon;
            } else {
                commitAlone(each);
                failures = each.failure instanceof StorageException ? failures + 1 : 0;
            }
        }
    }

    private void write(Tx tx, List<Waiting> batch) {
        AuditWriter.Persons persons = writer.persons(tx);
        batch.forEach(each -> writer.write(tx, persons, each.entry, each.entry.action(), each.id));
    }

    private void commitAlone(Waiting one) {
        for (int i = 0; i < TRIES; i++) {
            try {
                transactions.inTransaction(tx -> write(tx, List.of(one)));
                one.failure = null;
                return;
            } catch (OutcomeUnknownException inDoubt) {
                one.failure = inDoubt;
            } catch (RuntimeException | Error failed) {
                one.failure = failed;
                return;
            }
        }
    }
}
