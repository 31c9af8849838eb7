package dev.matrix.jooq;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ApiPinStoreContract;
import dev.matrix.testkit.DataKeyStoreContract;
import dev.matrix.testkit.DispatchStoreContract;
import dev.matrix.testkit.EventDispatchContract;
import dev.matrix.testkit.EventLogContract;
import dev.matrix.testkit.EventStoreContract;
import dev.matrix.testkit.HostHands;
import dev.matrix.testkit.IdempotencyContract;
import dev.matrix.testkit.IdempotencyStoreContract;
import dev.matrix.testkit.LeaseStoreContract;
import dev.matrix.testkit.StoreClockContract;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoresContract;
import dev.matrix.testkit.SubjectKeyStoreContract;
import dev.matrix.testkit.SubscriberNodesContract;
import dev.matrix.testkit.SubscriberRetirementContract;
import dev.matrix.testkit.SubscriberStoreContract;
import dev.matrix.testkit.TransactionsContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ stores keep every contract on PostgreSQL. */
class PostgresStoresTest {

    abstract static class OnPostgres implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.POSTGRESQL);
        }

        @Override
        public HostHands hands() {
            return new JdbcHands(Database.POSTGRESQL);
        }
    }

    @Nested
    class StoresTest extends OnPostgres implements StoresContract {

        private final HikariDataSource pool = storages.database(Database.POSTGRESQL);

        @Override
        public Stores stores() {
            return JooqStorage.over(pool);
        }

        @Override
        public Stores opened(Stores before) {
            return JooqStorage.over(pool);
        }
    }

    @Nested
    class StoreClockTest extends OnPostgres implements StoreClockContract {

        private final HikariDataSource pool = storages.database(Database.POSTGRESQL);

        @Override
        public Stores stores() {
            return JooqStorage.over(pool);
        }

        @Override
        public boolean cutOff(Stores stores) {
            pool.close();
            return true;
        }
    }

    @Nested
    class TransactionsTest extends OnPostgres implements TransactionsContract {}

    @Nested
    class TransactionsOfAHiddenDriverTest extends OnPostgres implements TransactionsContract {

        @Override
        public Stores stores() {
            return JooqStorage.over(HiddenDriver.of(storages.database(Database.POSTGRESQL)));
        }
    }

    @Nested
    class EventStoreTest extends OnPostgres implements EventStoreContract {}

    @Nested
    class DispatchStoreTest extends OnPostgres implements DispatchStoreContract {}

    @Nested
    class SubscriberStoreTest extends OnPostgres implements SubscriberStoreContract {}

    @Nested
    class ApiPinStoreTest extends OnPostgres implements ApiPinStoreContract {}

    @Nested
    class LeaseStoreTest extends OnPostgres implements LeaseStoreContract {}

    @Nested
    class DataKeyStoreTest extends OnPostgres implements DataKeyStoreContract {}

    @Nested
    class SubjectKeyStoreTest extends OnPostgres implements SubjectKeyStoreContract {}

    @Nested
    class EventLogTest extends OnPostgres implements EventLogContract {}

    @Nested
    class EventDispatchTest extends OnPostgres implements EventDispatchContract {}

    @Nested
    class SubscriberNodesTest extends OnPostgres implements SubscriberNodesContract {}

    @Nested
    class SubscriberRetirementTest extends OnPostgres implements SubscriberRetirementContract {}

    @Nested
    class IdempotencyStoreTest extends OnPostgres implements IdempotencyStoreContract {}

    @Nested
    class IdempotencyTest extends OnPostgres implements IdempotencyContract {}
}
