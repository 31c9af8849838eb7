package dev.matrix.jooq;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one statement for many rows on PostgreSQL: each column goes as one array, so the statement's text never
 * varies and the driver keeps it prepared. By plain JDBC, whose arrays of these types travel in binary; jOOQ would send text.
 * A row's null is the column's. For stores' own use, within one call of {@link #fetch}. Not thread-safe.
 */
public final class PostgresBatch {

    /** What a statement's parameters are, in order. */
    @FunctionalInterface
    public interface Parameters {
        void to(PostgresBatch batch) throws SQLException;
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface RowReader<R> {
        R read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final PreparedStatement statement;
    private int index;

    private PostgresBatch(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    /**
     * Runs a statement in a transaction, and reads what it returns.
     *
     * @throws dev.matrix.core.StorageException when the database refuses
     */
    public static <R> List<R> fetch(JooqTx tx, String sql, Parameters parameters, RowReader<R> reader) {
        Connection connection = tx.ownConnection();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.to(new PostgresBatch(connection, statement));
            List<R> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw tx.failed(e);
        }
    }

    /** A column of text. */
    public <T> PostgresBatch texts(List<T> rows, Function<T, @Nullable String> column) throws SQLException {
        return add("varchar", rows.stream().map(column).toArray(String[]::new));
    }

    /** A column of enum constants, by name. */
    public <T> PostgresBatch names(List<T> rows, Function<T, @Nullable Enum<?>> column) throws SQLException {
        return texts(rows, row -> {
            Enum<?> value = column.apply(row);
            return value == null ? null : value.name();
        });
    }

    /** A column of {@code smallint}. */
    public <T> PostgresBatch shorts(List<T> rows, Function<T, Short> column) throws SQLException {
        return add("int2", rows.stream().map(column).toArray(Short[]::new));
    }

    /** A column of {@code integer}. */
    public <T> PostgresBatch ints(List<T> rows, Function<T, @Nullable Integer> column) throws SQLException {
        return add("int4", rows.stream().map(column).toArray(Integer[]::new));
    }

    /** A column of {@code bigint}. */
    public <T> PostgresBatch longs(List<T> rows, Function<T, @Nullable Long> column) throws SQLException {
        return add("int8", rows.stream().map(column).toArray(Long[]::new));
    }

    /** A column of {@code boolean}. */
    public <T> PostgresBatch flags(List<T> rows, Function<T, Boolean> column) throws SQLException {
        return add("bool", rows.stream().map(column).toArray(Boolean[]::new));
    }

    /** A column of {@code bytea}. */
    public <T> PostgresBatch bytes(List<T> rows, Function<T, byte @Nullable []> column) throws SQLException {
        return add("bytea", rows.stream().map(column).toArray(byte[][]::new));
    }

    /** As text in plain notation, which the statement casts to {@code numeric}: digits and scale stay as they are. */
    public <T> PostgresBatch decimals(List<T> rows, Function<T, @Nullable BigDecimal> column) throws SQLException {
        return texts(rows, row -> {
            BigDecimal value = column.apply(row);
            return value == null ? null : value.toPlainString();
        });
    }

    /** As text, which the statement casts to {@code date}. */
    public <T> PostgresBatch days(List<T> rows, Function<T, @Nullable LocalDate> column) throws SQLException {
        return texts(rows, row -> {
            LocalDate day = column.apply(row);
            return day == null ? null : day.toString();
        });
    }

    /** As microseconds since 1970, which travel in binary; the statement turns them into times. */
    public <T> PostgresBatch instants(List<T> rows, Function<T, @Nullable Instant> column) throws SQLException {
        return longs(rows, row -> {
            Instant at = column.apply(row);
            return at == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, at);
        });
    }

    /** One instant, as {@link #instants} has them. */
    public PostgresBatch instant(Instant at) throws SQLException {
        statement.setLong(++index, ChronoUnit.MICROS.between(Instant.EPOCH, at));
        return this;
    }

    /** One text. */
    public PostgresBatch text(String text) throws SQLException {
        statement.setString(++index, text);
        return this;
    }

    /** One {@code integer}. */
    public PostgresBatch number(int number) throws SQLException {
        statement.setInt(++index, number);
        return this;
    }

    private PostgresBatch add(String type, Object[] values) throws SQLException {
        statement.setArray(++index, connection.createArrayOf(type, values));
        return this;
    }
}
