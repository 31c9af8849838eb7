package dev.matrix.core.memory;

import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ApiPinStoreContract;
import dev.matrix.testkit.DataKeyStoreContract;
import dev.matrix.testkit.DispatchStoreContract;
import dev.matrix.testkit.EventDispatchContract;
import dev.matrix.testkit.EventLogContract;
import dev.matrix.testkit.EventStoreContract;
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

/** The in-memory stores keep every contract; their transactions run one at a time. */
class MemoryStoresTest {

    interface InMemory extends StoreContract {

        @Override
        default Stores stores() {
            return Stores.inMemory();
        }

        @Override
        default boolean concurrent() {
            return false;
        }
    }

    @Nested
    class StoresTest implements InMemory, StoresContract {}

    @Nested
    class StoreClockTest implements InMemory, StoreClockContract {}

    @Nested
    class TransactionsTest implements InMemory, TransactionsContract {}

    @Nested
    class EventStoreTest implements InMemory, EventStoreContract {}

    @Nested
    class DispatchStoreTest implements InMemory, DispatchStoreContract {}

    @Nested
    class SubscriberStoreTest implements InMemory, SubscriberStoreContract {}

    @Nested
    class ApiPinStoreTest implements InMemory, ApiPinStoreContract {}

    @Nested
    class LeaseStoreTest implements InMemory, LeaseStoreContract {}

    @Nested
    class DataKeyStoreTest implements InMemory, DataKeyStoreContract {}

    @Nested
    class SubjectKeyStoreTest implements InMemory, SubjectKeyStoreContract {}

    @Nested
    class EventLogTest implements InMemory, EventLogContract {}

    @Nested
    class EventDispatchTest implements InMemory, EventDispatchContract {}

    @Nested
    class SubscriberNodesTest implements InMemory, SubscriberNodesContract {}

    @Nested
    class SubscriberRetirementTest implements InMemory, SubscriberRetirementContract {}

    @Nested
    class IdempotencyStoreTest implements InMemory, IdempotencyStoreContract {}

    @Nested
    class IdempotencyTest implements InMemory, IdempotencyContract {}
}
