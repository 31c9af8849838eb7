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

/** The jOOQ stores keep every contract on H2. */
class H2StoresTest {

    abstract static class OnH2 implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.H2);
        }

        @Override
        public HostHands hands() {
            return new JdbcHands(Database.H2);
        }
    }

    @Nested
    class StoresTest extends OnH2 implements StoresContract {

        private final HikariDataSource pool = storages.database(Database.H2);

        @Override
        public Stores stores() {
            return JooqStorage.over(pool);
        }
    }

    @Nested
    class StoreClockTest extends OnH2 implements StoreClockContract {

        private final HikariDataSource pool = storages.database(Database.H2);

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
    class TransactionsTest extends OnH2 implements TransactionsContract {}

    @Nested
    class EventStoreTest extends OnH2 implements EventStoreContract {}

    @Nested
    class DispatchStoreTest extends OnH2 implements DispatchStoreContract {}

    @Nested
    class SubscriberStoreTest extends OnH2 implements SubscriberStoreContract {}

    @Nested
    class ApiPinStoreTest extends OnH2 implements ApiPinStoreContract {}

    @Nested
    class LeaseStoreTest extends OnH2 implements LeaseStoreContract {}

    @Nested
    class DataKeyStoreTest extends OnH2 implements DataKeyStoreContract {}

    @Nested
    class SubjectKeyStoreTest extends OnH2 implements SubjectKeyStoreContract {}

    @Nested
    class EventLogTest extends OnH2 implements EventLogContract {}

    @Nested
    class EventDispatchTest extends OnH2 implements EventDispatchContract {}

    @Nested
    class SubscriberNodesTest extends OnH2 implements SubscriberNodesContract {}

    @Nested
    class SubscriberRetirementTest extends OnH2 implements SubscriberRetirementContract {}

    @Nested
    class IdempotencyStoreTest extends OnH2 implements IdempotencyStoreContract {}

    @Nested
    class IdempotencyTest extends OnH2 implements IdempotencyContract {}
}
