package dev.matrix.security.jooq;

import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStoreProvider;
import dev.matrix.security.jooq.generated.DefaultSchema;
import dev.matrix.security.spi.AccessEpochStore;
import dev.matrix.security.spi.AccessPolicyStore;
import dev.matrix.security.spi.AccessRuleStore;
import dev.matrix.security.spi.ApiKeyStore;
import dev.matrix.security.spi.AuditCursorStore;
import dev.matrix.security.spi.AuditHoldStore;
import dev.matrix.security.spi.AuditKeyStore;
import dev.matrix.security.spi.AuditQueueStore;
import dev.matrix.security.spi.AuditStore;
import dev.matrix.security.spi.AuditTreeStore;
import dev.matrix.security.spi.ErasureStore;
import dev.matrix.security.spi.FactorProofStore;
import dev.matrix.security.spi.GeoRuleStore;
import dev.matrix.security.spi.SecondFactorStore;
import java.util.List;
import org.jooq.Table;

/** Contributes the security stores and tables to {@link dev.matrix.jooq.JooqStorage}. */
public final class JooqSecurityStores implements JooqStoreProvider {

    @Override
    public String module() {
        return "security";
    }

    @Override
    public List<String> scripts() {
        return List.of("V1__security.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return DefaultSchema.DEFAULT_SCHEMA.getTables();
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(
                new Binding<>(AccessRuleStore.class, new JooqAccessRuleStore()),
                new Binding<>(GeoRuleStore.class, new JooqGeoRuleStore()),
                new Binding<>(AccessPolicyStore.class, new JooqAccessPolicyStore()),
                new Binding<>(AccessEpochStore.class, new JooqAccessEpochStore()),
                new Binding<>(ApiKeyStore.class, new JooqApiKeyStore()),
                new Binding<>(AuditStore.class, new JooqAuditStore()),
                new Binding<>(AuditQueueStore.class, new JooqAuditQueueStore()),
                new Binding<>(AuditTreeStore.class, new JooqAuditTreeStore()),
                new Binding<>(AuditHoldStore.class, new JooqAuditHoldStore()),
                new Binding<>(AuditKeyStore.class, new JooqAuditKeyStore()),
                new Binding<>(AuditCursorStore.class, new JooqAuditCursorStore()),
                new Binding<>(ErasureStore.class, new JooqErasureStore()),
                new Binding<>(SecondFactorStore.class, new JooqSecondFactorStore()),
                new Binding<>(FactorProofStore.class, new JooqFactorProofStore()));
    }
}
