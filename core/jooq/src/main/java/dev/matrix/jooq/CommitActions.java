package dev.matrix.jooq;

import dev.matrix.core.StorageException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a transaction's commit, and whether the transaction can still commit. While Matrix alone reaches the
 * connection, nothing is undone singly. Where the host reaches it, it may set savepoints and go back to them unseen: then
 * each action, and on H2 each failure, is marked in the database, which tells at the end what still stands. Not thread-safe.
 */
final class CommitActions {

    /** Whether its mark has to stand at the end. */
    private record Action(int number, Runnable certain, Runnable inDoubt, boolean marked) {}

    private final Connection connection;
    private final Database database;
    private final Marks marks;
    private final List<Action> actions = new ArrayList<>();
    private final Set<Integer> failures = new HashSet<>();
    private boolean reachable;
    private int marked;
    private @Nullable StorageException failure;
    private Set<Integer> standing = Set.of();

    CommitActions(Connection connection, Database database) {
        this.connection = connection;
        this.database = database;
        this.marks = new Marks(connection, database);
    }

    /** The host has the connection from now on. */
    void reachable() {
        reachable = true;
    }

    void add(Runnable certain, Runnable inDoubt) {
        boolean mark = reachable && certain != inDoubt;
        actions.add(new Action(mark ? mark() : 0, certain, inDoubt, mark));
    }

    private int mark() {
        marked++;
        marks.put(marked);
        return marked;
    }

    /** A statement has failed. PostgreSQL itself remembers that, and forgets it with a savepoint. */
    void failed(StorageException told) {
        if (!reachable) {
            failure = told;
        } else if (database == Database.H2) {
            try {
                failures.add(mark());
            } catch (StorageException broken) {
                failure = told;
            }
        }
    }

    /**
     * Call it when the work has returned, before the commit.
     *
     * @throws StorageException when the transaction can only roll back
     */
    void settle() {
        if (failure != null) {
            throw spoilt(failure);
        }
        DriverState state = database == Database.POSTGRESQL ? DriverState.of(connection) : DriverState.SOUND;
        if (state == DriverState.FAILED) {
            throw spoilt(null);
        }
        if (reachable && (marked > 0 || state == DriverState.UNKNOWN)) {
            try {
                standing = marks.standing();
            } catch (StorageException e) {
                throw spoilt(e);
            }
            if (standing.stream().anyMatch(failures::contains)) {
                throw spoilt(null);
            }
        }
    }

    private static StorageException spoilt(@Nullable StorageException cause) {
        String message = "A statement of this transaction failed, so it rolls back, though the work went on after the"
                + " failure. Let the failure pass through, or go back to a savepoint from before it.";
        return cause == null ? new StorageException(message) : new StorageException(message, cause);
    }

    /** What to run once the commit is confirmed. */
    List<Runnable> certain() {
        return actions.stream()
                .filter(action -> !action.marked() || standing.contains(action.number()))
                .map(Action::certain)
                .toList();
    }

    /** What to run where somebody else says that it has committed. */
    List<Runnable> inDoubt() {
        return actions.stream().map(Action::inDoubt).toList();
    }
}
