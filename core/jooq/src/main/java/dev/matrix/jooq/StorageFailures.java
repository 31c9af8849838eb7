package dev.matrix.jooq;

import dev.matrix.core.OutcomeUnknownException;
import dev.matrix.core.StorageException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;

/** Turns what a driver throws into {@link StorageException}s, whose messages hold no value of a statement. */
final class StorageFailures implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    private final transient Consumer<StorageException> noted;

    /** @param noted told of each failure before it is thrown */
    StorageFailures(Consumer<StorageException> noted) {
        this.noted = noted;
    }

    @Override
    public void exception(ExecuteContext context) {
        SQLException failure = context.sqlException();
        if (failure != null) {
            StorageException told = of(failure);
            noted.accept(told);
            context.exception(told);
        }
    }

    static StorageException of(SQLException failure) {
        return new StorageException(
                said(failure) + ", so the transaction rolls back and may be tried again; the cause has its own words.",
                failure);
    }

    /** What a commit's failure means: the database's refusal is a rollback, a connection that broke tells nothing. */
    static StorageException ofCommit(SQLException failure) {
        return isAnswer(failure)
                ? of(failure)
                : new OutcomeUnknownException(
                        said(failure)
                                + " during the commit, so the transaction may have committed or not. Look for what"
                                + " it would have written before you repeat it, or repeat it only under an"
                                + " idempotency key; the cause has its own words.",
                        failure);
    }

    /**
     * Whether the database itself has refused. Class 08 is a broken connection, 57P a server that goes down, 40003 an outcome
     * that the server itself doesn't know; H2's own states begin with 90.
     */
    private static boolean isAnswer(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return false;
            }
        }
        String state = failure.getSQLState();
        return state != null
                && !state.startsWith("08")
                && !state.startsWith("57P")
                && !state.startsWith("90")
                && !state.equals("40003");
    }

    private static String said(SQLException failure) {
        String state = failure.getSQLState();
        return "The database failed with " + (state == null ? failure.getClass().getSimpleName() : "SQLSTATE " + state);
    }
}
