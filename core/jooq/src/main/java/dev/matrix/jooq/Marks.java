package dev.matrix.jooq;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Numbers noted in a transaction that go back with the savepoint after which they were noted, and with the transaction: a
 * setting local to the transaction on PostgreSQL, a temporary table's rows on H2.
 */
record Marks(Connection connection, Database database) {

    private static final String SET =
            "select set_config('matrix.marks'," + " coalesce(current_setting('matrix.marks', true), '') || ?, true)";
    private static final String GET = "select coalesce(current_setting('matrix.marks', true), '')";
    private static final String TABLE =
            "create local temporary table if not exists matrix_marks (n integer) on commit delete rows transactional";

    /** Notes a number. */
    void put(int number) {
        try {
            switch (database) {
                case POSTGRESQL -> set(number);
                case H2 -> insert(number);
            }
        } catch (SQLException e) {
            throw StorageFailures.of(e);
        }
    }

    private void set(int number) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement(SET)) {
            set.setString(1, number + " ");
            set.execute();
        }
    }

    private void insert(int number) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            statement.execute("insert into matrix_marks values (" + number + ")");
        }
    }

    /**
     * The numbers that stand.
     *
     * @throws dev.matrix.core.StorageException when the transaction is spoilt, too
     */
    Set<Integer> standing() {
        try (Statement statement = connection.createStatement()) {
            return switch (database) {
                case POSTGRESQL -> read(statement);
                case H2 -> select(statement);
            };
        } catch (SQLException e) {
            throw StorageFailures.of(e);
        }
    }

    private static Set<Integer> read(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(GET)) {
            row.next();
            return Arrays.stream(row.getString(1).split(" ", -1))
                    .filter(number -> !number.isEmpty())
                    .map(Integer::valueOf)
                    .collect(Collectors.toSet());
        }
    }

    private static Set<Integer> select(Statement statement) throws SQLException {
        statement.execute(TABLE);
        Set<Integer> numbers = new HashSet<>();
        try (ResultSet rows = statement.executeQuery("select n from matrix_marks")) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }
}
