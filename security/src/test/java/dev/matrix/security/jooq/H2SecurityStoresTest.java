package dev.matrix.security.jooq;

import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
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
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ stores keep every contract on H2. */
class H2SecurityStoresTest {

    abstract static class OnH2 implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.H2);
        }
    }

    @Nested
    class AccessRuleStoreTest extends OnH2 implements AccessRuleStoreContract {}

    @Nested
    class GeoRuleStoreTest extends OnH2 implements GeoRuleStoreContract {}

    @Nested
    class AccessPolicyStoreTest extends OnH2 implements AccessPolicyStoreContract {}

    @Nested
    class AccessEpochStoreTest extends OnH2 implements AccessEpochStoreContract {}

    @Nested
    class ApiKeyStoreTest extends OnH2 implements ApiKeyStoreContract {}

    @Nested
    class AuditStoreTest extends OnH2 implements AuditStoreContract {}

    @Nested
    class AuditQueueStoreTest extends OnH2 implements AuditQueueStoreContract {}

    @Nested
    class AuditTreeStoreTest extends OnH2 implements AuditTreeStoreContract {}

    @Nested
    class AuditHoldStoreTest extends OnH2 implements AuditHoldStoreContract {}

    @Nested
    class AuditKeyStoreTest extends OnH2 implements AuditKeyStoreContract {}

    @Nested
    class ErasureStoreTest extends OnH2 implements ErasureStoreContract {}

    @Nested
    class AuditCursorStoreTest extends OnH2 implements AuditCursorStoreContract {}

    @Nested
    class SecondFactorStoreTest extends OnH2 implements SecondFactorStoreContract {}

    @Nested
    class FactorProofStoreTest extends OnH2 implements FactorProofStoreContract {}
}
