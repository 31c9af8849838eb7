package dev.matrix.jooq;

import static org.jooq.impl.DSL.row;

import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectForUpdateStep;
import org.jooq.Table;
import org.jooq.TableField;

/**
 * Deletes a bounded number of a table's oldest rows. A condition inside a sub-select is judged by what was there when the
 * statement began, and isn't judged again after a wait for a row's lock: the row may have come back to life meanwhile. So
 * the rows are locked first, passing over those that another transaction has changed or locked, and the statement that
 * deletes them asks for the whole condition again, when nobody can change them any more.
 */
public final class Purge {

    private Purge() {}

    /**
     * Deletes at most {@code limit} rows, in the order of {@code age}. It waits for no other transaction.
     *
     * @param table has a primary key
     * @param over which rows may go
     * @param age the smallest value goes first
     * @return the primary keys of the deleted rows; fewer than {@code limit}: no other row was free to go
     */
    public static <R extends Record> List<Record> oldest(
            JooqTx tx, Table<R> table, Condition over, Field<?> age, int limit) {
        List<TableField<R, ?>> key = table.getPrimaryKey().getFields();
        List<Record> locked = lock(tx, table, key, over, age, limit);
        return locked.isEmpty()
                ? List.of()
                : List.copyOf(tx.dsl()
                        .deleteFrom(table)
                        .where(among(key, locked))
                        .and(over)
                        .returningResult(key)
                        .fetch());
    }

    private static <R extends Record> List<Record> lock(
            JooqTx tx, Table<R> table, List<TableField<R, ?>> key, Condition over, Field<?> age, int limit) {
        SelectForUpdateStep<Record> oldest =
                tx.dsl().select(key).from(table).where(over).orderBy(age).limit(limit);
        return switch (tx.database()) {
            case POSTGRESQL -> oldest.forUpdate().skipLocked().fetch();
            case H2 -> lockWhatIsSeen(tx, table, key, over, oldest.fetch());
        };
    }

    /** H2 may lock every row that a limited, ordered select matches; so it reads first and locks what it read by key. */
    private static <R extends Record> List<Record> lockWhatIsSeen(
            JooqTx tx, Table<R> table, List<TableField<R, ?>> key, Condition over, List<Record> seen) {
        return seen.isEmpty()
                ? List.of()
                : tx.dsl()
                        .select(key)
                        .from(table)
                        .where(among(key, seen))
                        .and(over)
                        .forUpdate()
                        .skipLocked()
                        .fetch();
    }

    private static <R extends Record> Condition among(List<TableField<R, ?>> key, List<Record> rows) {
        return row(key).in(rows.toArray(Record[]::new));
    }
}
