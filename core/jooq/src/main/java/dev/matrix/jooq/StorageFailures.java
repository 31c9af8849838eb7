package dev.matrix.jooq;

import dev.matrix.core.StorageException;
import java.sql.SQLException;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;

/** Turns what a driver throws into {@link StorageException}s, whose messages hold no value of a statement. */
final class StorageFailures implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    @Override
    public void exception(ExecuteContext context) {
        SQLException failure = context.sqlException();
        if (failure != null) {
            context.exception(of(failure));
        }
    }

    static StorageException of(SQLException failure) {
        String state = failure.getSQLState();
        return new StorageException(
                "The database failed with "
                        + (state == null ? failure.getClass().getSimpleName() : "SQLSTATE " + state)
                        + ", so the transaction rolls back and may be tried again; the cause has its own words.",
                failure);
    }
}
