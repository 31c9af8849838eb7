package dev.matrix.jooq;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.SQLDialect;

/**
 * The databases that Matrix's SQL runs on. Scripts are written once, for PostgreSQL, and run there as they stand; how H2
 * reads them is told at {@link JooqStoreProvider#scripts()}.
 */
public enum Database {
    /** PostgreSQL (tested with 18), the production engine, shared by any number of nodes. */
    POSTGRESQL(SQLDialect.POSTGRES),

    /** H2 (tested with 2.5) in its PostgreSQL mode, for trials, tests and single processes. */
    H2(SQLDialect.H2);

    private static final String ONLY_POSTGRESQL = "-- postgresql";
    private static final String ONLY_H2 = "-- h2: ";
    private static final Pattern BYTE_ORDER = Pattern.compile(" collate \"C\"");

    /** H2 commits at each DDL statement, so a script that was cut short is run again over what it has made. */
    private static final Pattern CREATION = Pattern.compile("^create (table|index|unique index) (?!if not exists )");

    private final SQLDialect dialect;

    Database(SQLDialect dialect) {
        this.dialect = dialect;
    }

    SQLDialect dialect() {
        return dialect;
    }

    /** What this database runs of a script. */
    String read(String script) {
        return this == POSTGRESQL
                ? script
                : BYTE_ORDER
                        .matcher(script)
                        .replaceAll("")
                        .lines()
                        .filter(line -> !line.endsWith(ONLY_POSTGRESQL))
                        .map(line -> line.startsWith(ONLY_H2) ? line.substring(ONLY_H2.length()) : line)
                        .map(line -> CREATION.matcher(line).replaceFirst("create $1 if not exists "))
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The database behind a connection. */
    static Database of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> h2(connection);
            default -> throw new IllegalStateException("Matrix stores in PostgreSQL or H2; this is " + product + ".");
        };
    }

    private static Database h2(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var mode = statement.executeQuery("select setting_value from information_schema.settings"
                        + " where setting_name = 'MODE' and setting_value = 'PostgreSQL'")) {
            if (mode.next()) {
                return H2;
            }
        }
        throw new IllegalStateException("This H2 database is not in PostgreSQL mode: add ;MODE=PostgreSQL to its URL.");
    }
}
