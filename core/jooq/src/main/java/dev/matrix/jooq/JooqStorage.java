package dev.matrix.jooq;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.StorageException;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Stores in PostgreSQL or H2, for core and for every module on the class path. Thread-safe.
 *
 * <p>Tables are named {@code matrix_…} and live in the connections' current schema: choose another by the connection's
 * settings, such as {@code currentSchema} in PostgreSQL's URL. Transactions are READ COMMITTED. What the database refuses
 * is a {@link dev.matrix.core.StorageException}.
 *
 * <p>A host's own rows join Matrix's transactions by {@link #connection}; Matrix joins the host's transactions by {@link
 * #join}, or all of them by {@link #joining}.
 */
public final class JooqStorage implements Stores {

    private final Engine engine;
    private final Stores stores;
    private final Runnable close;

    /** What is known of the database. */
    private record Engine(Database database, boolean persistent) {

        static Engine of(Connection connection) throws SQLException {
            if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
                throw new IllegalStateException("Matrix's transactions are READ COMMITTED; make that the default of the"
                        + " connections that it is given.");
            }
            boolean persistent = !connection.getMetaData().getURL().startsWith("jdbc:h2:mem:");
            return new Engine(Database.of(connection), persistent);
        }
    }

    private JooqStorage(Engine engine, Stores stores, Runnable close) {
        this.engine = engine;
        this.stores = stores;
        this.close = close;
    }

    /** Opens a storage on a host's data source, creating the tables that are missing. The data source stays the host's. */
    public static JooqStorage over(DataSource dataSource) {
        return over(dataSource, SchemaMode.CREATE);
    }

    /**
     * Opens a storage on a host's data source, which stays the host's.
     *
     * @param dataSource pooled, or each transaction costs a connection; as many connections as threads publish, and some
     *     for the steps
     * @throws IllegalStateException when it isn't PostgreSQL or H2 in its PostgreSQL mode, not READ COMMITTED by
     *     default, or its tables are not what this version needs; the message says what to do
     */
    public static JooqStorage over(DataSource dataSource, SchemaMode mode) {
        requireNonNull(dataSource, "dataSource");
        return open(new DataSourceConnections(dataSource), mode, () -> {});
    }

    /**
     * Opens or makes an H2 database in a folder, for trials and single processes: one process at a time. A commit is on
     * disk when it returns. Its pool is closed by {@link #close()}.
     *
     * @param folder made if it's missing; keep others from reading it. The database's file in it is its owner's alone
     */
    public static JooqStorage embedded(Path folder) {
        String file = folder.resolve("matrix").toAbsolutePath().normalize().toString();
        if (file.contains(";")) {
            throw new IllegalArgumentException("An H2 URL can't hold a path with a semicolon: " + file);
        }
        makePrivate(folder.toAbsolutePath().normalize());
        HikariConfig config = new HikariConfig();
        config.setPoolName("matrix");
        config.setJdbcUrl("jdbc:h2:file:" + file + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0"
                + ";LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE");
        HikariDataSource pool = new HikariDataSource(config);
        try {
            return open(new DataSourceConnections(pool), SchemaMode.CREATE, pool::close);
        } catch (Throwable e) {
            pool.close();
            throw e;
        }
    }

    /** Makes the file before the database does, so that at no time others than its owner may read it. */
    private static void makePrivate(Path folder) {
        Path file = folder.resolve("matrix.mv.db");
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
        try {
            Files.createDirectories(folder);
            if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                return;
            }
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(file, ownerOnly);
            } else {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
            }
        } catch (IOException e) {
            throw new StorageException("The database's file " + file + " can't be made.", e);
        }
    }

    /** A storage all of whose transactions are the host's, creating the tables that are missing. */
    public static JooqStorage joining(ConnectionSource source) {
        return joining(source, SchemaMode.CREATE);
    }

    /**
     * A storage all of whose transactions are the host's: what Matrix does while one is open on the thread commits with
     * it, without a {@link Tx} being handed about. Errors as for {@link #over(DataSource, SchemaMode)}.
     */
    public static JooqStorage joining(ConnectionSource source, SchemaMode mode) {
        return open(requireNonNull(source, "source"), mode, () -> {});
    }

    /** The DDL of core and of every module on the class path, as {@link SchemaMode#CREATE} would run it. */
    public static String ddl(Database database) {
        return new Schema(database, modules()).ddl();
    }

    /**
     * The connection of a transaction, for the host's own rows; neither commit, roll back nor close it.
     *
     * @throws IllegalStateException when {@code tx} is over, or of another storage
     */
    public static Connection connection(Tx tx) {
        return JooqTx.of(tx).connection();
    }

    private static JooqStorage open(ConnectionSource source, SchemaMode mode, Runnable close) {
        Engine engine = ConnectionWork.in(source, Engine::of);
        List<JooqStoreProvider> modules = modules();
        new Schema(engine.database(), modules).open(source, mode);
        List<Binding<?>> bindings = new ArrayList<>();
        modules.forEach(module -> bindings.addAll(module.stores(engine.database())));
        if (!engine.persistent()) {
            bindings.add(new Binding<>(KeyRing.Spec.class, KeyRing.ephemeral()));
        }
        Stores stores = Stores.of(
                new JooqTransactions(source, engine.database()),
                node -> JooqClock.of(source, engine.database()),
                bindings);
        return new JooqStorage(engine, stores, close);
    }

    private static List<JooqStoreProvider> modules() {
        List<JooqStoreProvider> modules = new ArrayList<>();
        modules.add(new CoreStores());
        ServiceLoader.load(JooqStoreProvider.class).forEach(modules::add);
        return modules;
    }

    /**
     * Takes part in a transaction that the host has begun on this connection:
     *
     * <pre>{@code
     * JoinedTx tx = storage.join(connection);
     * matrix.events().publish(tx, event);
     * connection.commit();
     * tx.committed();
     * }</pre>
     *
     * The host commits or rolls back. READ COMMITTED is expected.
     *
     * @param connection to this storage's database, with auto-commit off
     */
    public JoinedTx join(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalStateException(
                        "This connection commits each statement: call setAutoCommit(false)" + " before joining it.");
            }
        } catch (SQLException e) {
            throw StorageFailures.of(e);
        }
        return new JoinedTx(connection, engine.database());
    }

    @Override
    public <S> S get(Class<S> type) {
        return stores.get(type);
    }

    @Override
    public <S> JooqStorage with(Class<S> type, S store) {
        return new JooqStorage(engine, stores.with(type, store), close);
    }

    @Override
    public Transactions transactions() {
        return stores.transactions();
    }

    /** The database's clock; that of the node, which may be wrong, has no part in it. */
    @Override
    public StoreClock clock(InstantSource node) {
        return stores.clock(node);
    }

    /** False only for an H2 database in memory, which brings keys that end with the process. */
    @Override
    public boolean persistent() {
        return engine.persistent();
    }

    @Override
    public void close() {
        close.run();
    }
}
