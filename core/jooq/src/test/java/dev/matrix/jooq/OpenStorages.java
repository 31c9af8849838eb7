package dev.matrix.jooq;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens storages on empty databases for a test and closes them after it. Published as a test-jar, for the features whose
 * stores are tested on both databases.
 */
public final class OpenStorages implements AfterEachCallback {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** A pool of a few connections to a new, empty database. */
    public HikariDataSource database(Database database) {
        HikariDataSource pool = TestDatabases.empty(database);
        open.push(pool);
        return pool;
    }

    /** A pool of a few connections to a new, empty database of PostgreSQL's, which break where the cutter says so. */
    public HikariDataSource database(CommitCutter cutter) {
        HikariDataSource pool = TestDatabases.behind(cutter);
        open.push(pool);
        return pool;
    }

    /** What breaks connections to PostgreSQL at a commit. */
    public CommitCutter cutter() {
        CommitCutter cutter = TestDatabases.cutter();
        open.push(cutter);
        return cutter;
    }

    /** A storage on a new, empty database with the tables of every module on the class path. */
    public JooqStorage storage(Database database) {
        return JooqStorage.over(database(database));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
