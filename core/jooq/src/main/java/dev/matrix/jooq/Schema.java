package dev.matrix.jooq;

import dev.matrix.core.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of all modules in one database, and the history of the scripts that made them: table {@code matrix_schema}.
 * Nodes that open at once take turns by a row of it, locked to the transaction's end, so no engine's own kind of lock is
 * needed; H2 commits at each DDL statement, but lives in one process, so there a lock of the process serves.
 */
final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final Object H2_TURN = new Object();
    private static final String HISTORY = """
            create table if not exists matrix_schema (
              module varchar(64) not null,
              version integer not null,
              script varchar(255) not null,
              checksum varchar(64) not null,
              installed_at timestamp(6) with time zone not null,
              constraint matrix_schema_pk primary key (module, version)
            );
            """;
    private static final String HISTORY_COLUMN = "matrix_schema.module";
    private static final String RECORD = "insert into matrix_schema (module, version, script, checksum, installed_at)"
            + " values ('%s', %d, '%s', '%s', current_timestamp) on conflict do nothing";
    private static final String TURN = RECORD.formatted("matrix", 0, "turn", "");

    private final Database database;
    private final List<JooqStoreProvider> modules;
    private final List<Script> scripts;

    Schema(Database database, List<JooqStoreProvider> modules) {
        this.database = database;
        this.modules = modules;
        this.scripts =
                modules.stream().flatMap(module -> Script.of(module).stream()).toList();
    }

    /** Everything that {@link SchemaMode#CREATE} would run on an empty database. */
    String ddl() {
        StringBuilder ddl = new StringBuilder(HISTORY);
        for (Script script : scripts) {
            ddl.append("\n-- ").append(script).append('\n').append(database.read(script.text()));
            ddl.append(record(script)).append(";\n");
        }
        return ddl.toString();
    }

    void open(ConnectionSource source, SchemaMode mode) {
        switch (mode) {
            case CREATE -> create(source);
            case VALIDATE -> validate(source);
            case NONE -> {}
        }
    }

    private void create(ConnectionSource source) {
        List<Script> ran;
        if (database == Database.H2) {
            synchronized (H2_TURN) {
                ConnectionWork.in(source, connection -> run(connection, HISTORY));
                ran = ConnectionWork.in(source, this::migrate);
            }
        } else {
            createHistory(source);
            ran = ConnectionWork.in(source, this::migrate);
        }
        if (!ran.isEmpty()) {
            LOG.info("Matrix's tables are up to date after {}.", ran);
        }
    }

    /** PostgreSQL's IF NOT EXISTS fails where two sessions create at once; the loser then finds the table there. */
    private static void createHistory(ConnectionSource source) {
        if (!hasHistory(source)) {
            try {
                ConnectionWork.in(source, connection -> run(connection, HISTORY));
            } catch (StorageException e) {
                if (!hasHistory(source)) {
                    throw e;
                }
            }
        }
    }

    private static boolean hasHistory(ConnectionSource source) {
        return ConnectionWork.in(source, Schema::columns).contains(HISTORY_COLUMN);
    }

    private List<Script> migrate(Connection connection) throws SQLException {
        run(connection, TURN);
        run(connection, "select 1 from matrix_schema where module = 'matrix' and version = 0 for update");
        Set<String> applied = applied(connection);
        List<Script> missing = scripts.stream()
                .filter(script -> !applied.contains(key(script.module(), script.version())))
                .toList();
        for (Script script : missing) {
            run(connection, database.read(script.text()));
            run(connection, record(script));
        }
        return missing;
    }

    private static String key(String module, int version) {
        return module + " " + version;
    }

    private static String record(Script script) {
        return RECORD.formatted(script.module(), script.version(), script.name(), script.checksum());
    }

    /** What has been run; refuses scripts here that differ from those that were. */
    private Set<String> applied(Connection connection) throws SQLException {
        Map<String, String> checksums = new HashMap<>();
        try (PreparedStatement query =
                        connection.prepareStatement("select module, version, checksum from matrix_schema");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                checksums.put(key(rows.getString(1), rows.getInt(2)), rows.getString(3));
            }
        }
        for (Script script : scripts) {
            String checksum = checksums.get(key(script.module(), script.version()));
            if (checksum != null && !checksum.equals(script.checksum())) {
                throw new IllegalStateException("Script " + script + " is not the one that this database was made by:"
                        + " its checksum differs from that in matrix_schema. Put the released script back, and change"
                        + " tables by a new one.");
            }
        }
        return checksums.keySet();
    }

    private void validate(ConnectionSource source) {
        Set<String> present = ConnectionWork.in(source, Schema::columns);
        List<String> missing = modules.stream()
                .flatMap(module -> module.tables().stream())
                .flatMap(table -> missing(table, present))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The database lacks " + missing + ". Run what JooqStorage.ddl(Database."
                    + database + ") prints, or open it once with SchemaMode.CREATE.");
        }
        if (present.contains(HISTORY_COLUMN)) {
            ConnectionWork.in(source, this::applied);
        }
    }

    /** The table, or those of its columns that are missing where it is there. */
    private static Stream<String> missing(Table<?> table, Set<String> present) {
        List<String> columns = Arrays.stream(table.fields())
                .map(field -> table.getName() + "." + field.getName())
                .filter(column -> !present.contains(column.toLowerCase(Locale.ROOT)))
                .toList();
        return columns.size() == table.fields().length ? Stream.of(table.getName()) : columns.stream();
    }

    private static Set<String> columns(Connection connection) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "select lower(table_name), lower(column_name) from information_schema.columns"
                                + " where table_schema = current_schema and lower(table_name) like 'matrix%'");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                columns.add(rows.getString(1) + "." + rows.getString(2));
            }
        }
        return columns;
    }

    private static boolean run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }
}
