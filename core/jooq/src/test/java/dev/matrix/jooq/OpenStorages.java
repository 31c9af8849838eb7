package dev.matrix.jooq;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens storages on empty databases for a test and closes them after it. */
final class OpenStorages implements AfterEachCallback {

    private final Deque<HikariDataSource> open = new ArrayDeque<>();

    HikariDataSource database(Database database) {
        HikariDataSource pool = TestDatabases.empty(database);
        open.push(pool);
        return pool;
    }

    JooqStorage storage(Database database) {
        return JooqStorage.over(database(database));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
