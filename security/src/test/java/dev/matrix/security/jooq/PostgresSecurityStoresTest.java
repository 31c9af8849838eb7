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

/** The jOOQ stores keep every contract on PostgreSQL. */
class PostgresSecurityStoresTest {

    abstract static class OnPostgres implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.POSTGRESQL);
        }
    }

    @Nested
    class AccessRuleStoreTest extends OnPostgres implements AccessRuleStoreContract {}

    @Nested
    class GeoRuleStoreTest extends OnPostgres implements GeoRuleStoreContract {}

    @Nested
    class AccessPolicyStoreTest extends OnPostgres implements AccessPolicyStoreContract {}

    @Nested
    class AccessEpochStoreTest extends OnPostgres implements AccessEpochStoreContract {}

    @Nested
    class ApiKeyStoreTest extends OnPostgres implements ApiKeyStoreContract {}

    @Nested
    class AuditStoreTest extends OnPostgres implements AuditStoreContract {}

    @Nested
    class AuditQueueStoreTest extends OnPostgres implements AuditQueueStoreContract {}

    @Nested
    class AuditTreeStoreTest extends OnPostgres implements AuditTreeStoreContract {}

    @Nested
    class AuditHoldStoreTest extends OnPostgres implements AuditHoldStoreContract {}

    @Nested
    class AuditKeyStoreTest extends OnPostgres implements AuditKeyStoreContract {}

    @Nested
    class ErasureStoreTest extends OnPostgres implements ErasureStoreContract {}

    @Nested
    class AuditCursorStoreTest extends OnPostgres implements AuditCursorStoreContract {}

    @Nested
    class SecondFactorStoreTest extends OnPostgres implements SecondFactorStoreContract {}

    @Nested
    class FactorProofStoreTest extends OnPostgres implements FactorProofStoreContract {}
}
