package dev.matrix.security.memory;

import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores;
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

/** Contributes the security stores to {@link Stores#inMemory()}. */
public final class MemorySecurityStores implements MemoryStoreProvider {

    @Override
    public List<Stores.Binding<?>> stores() {
        return List.of(
                new Stores.Binding<>(AccessRuleStore.class, new MemoryAccessRuleStore()),
                new Stores.Binding<>(GeoRuleStore.class, new MemoryGeoRuleStore()),
                new Stores.Binding<>(AccessPolicyStore.class, new MemoryAccessPolicyStore()),
                new Stores.Binding<>(AccessEpochStore.class, new MemoryAccessEpochStore()),
                new Stores.Binding<>(ApiKeyStore.class, new MemoryApiKeyStore()),
                new Stores.Binding<>(AuditStore.class, new MemoryAuditStore()),
                new Stores.Binding<>(AuditQueueStore.class, new MemoryAuditQueueStore()),
                new Stores.Binding<>(AuditTreeStore.class, new MemoryAuditTreeStore()),
                new Stores.Binding<>(AuditHoldStore.class, new MemoryAuditHoldStore()),
                new Stores.Binding<>(AuditKeyStore.class, new MemoryAuditKeyStore()),
                new Stores.Binding<>(AuditCursorStore.class, new MemoryAuditCursorStore()),
                new Stores.Binding<>(ErasureStore.class, new MemoryErasureStore()),
                new Stores.Binding<>(SecondFactorStore.class, new MemorySecondFactorStore()),
                new Stores.Binding<>(FactorProofStore.class, new MemoryFactorProofStore()));
    }
}
