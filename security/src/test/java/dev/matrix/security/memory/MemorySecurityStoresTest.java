package dev.matrix.security.memory;

import dev.matrix.core.spi.Stores;
import dev.matrix.security.spi.AccessEpochStoreContract;
import dev.matrix.security.spi.AccessPolicyStoreContract;
import dev.matrix.security.spi.AccessRuleStoreContract;
import dev.matrix.security.spi.ApiKeyStoreContract;
import dev.matrix.security.spi.AuditCursorStoreContract;
import dev.matrix.security.spi.AuditHoldStoreContract;
import dev.matrix.security.spi.AuditKeyStoreContract;
import dev.matrix.security.spi.AuditQueueStoreContract;
import dev.matrix.security.spi.AuditStoreContract;
import dev.matrix.security.spi.AuditTreeStoreContract;
import dev.matrix.security.spi.ErasureStoreContract;
import dev.matrix.security.spi.FactorProofStoreContract;
import dev.matrix.security.spi.GeoRuleStoreContract;
import dev.matrix.security.spi.SecondFactorStoreContract;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;

/** The in-memory stores keep every contract; their transactions run one at a time. */
class MemorySecurityStoresTest {

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
    class AccessRuleStoreTest implements InMemory, AccessRuleStoreContract {}

    @Nested
    class GeoRuleStoreTest implements InMemory, GeoRuleStoreContract {}

    @Nested
    class AccessPolicyStoreTest implements InMemory, AccessPolicyStoreContract {}

    @Nested
    class AccessEpochStoreTest implements InMemory, AccessEpochStoreContract {}

    @Nested
    class ApiKeyStoreTest implements InMemory, ApiKeyStoreContract {}

    @Nested
    class AuditStoreTest implements InMemory, AuditStoreContract {}

    @Nested
    class AuditQueueStoreTest implements InMemory, AuditQueueStoreContract {}

    @Nested
    class AuditTreeStoreTest implements InMemory, AuditTreeStoreContract {}

    @Nested
    class AuditHoldStoreTest implements InMemory, AuditHoldStoreContract {}

    @Nested
    class AuditKeyStoreTest implements InMemory, AuditKeyStoreContract {}

    @Nested
    class ErasureStoreTest implements InMemory, ErasureStoreContract {}

    @Nested
    class AuditCursorStoreTest implements InMemory, AuditCursorStoreContract {}

    @Nested
    class SecondFactorStoreTest implements InMemory, SecondFactorStoreContract {}

    @Nested
    class FactorProofStoreTest implements InMemory, FactorProofStoreContract {}
}
