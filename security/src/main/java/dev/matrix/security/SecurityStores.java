package dev.matrix.security;

import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.security.spi.AccessEpochStore;
import dev.matrix.security.spi.AccessPolicyStore;
import dev.matrix.security.spi.AccessRuleStore;
import dev.matrix.security.spi.ApiKeyStore;
import dev.matrix.security.spi.GeoRuleStore;

/** Where security keeps its state. */
record SecurityStores(
        Transactions transactions,
        AccessRuleStore rules,
        GeoRuleStore geoRules,
        AccessPolicyStore policies,
        AccessEpochStore epochs,
        ApiKeyStore keys) {

    static SecurityStores of(Stores stores) {
        return new SecurityStores(
                stores.transactions(),
                stores.get(AccessRuleStore.class),
                stores.get(GeoRuleStore.class),
                stores.get(AccessPolicyStore.class),
                stores.get(AccessEpochStore.class),
                stores.get(ApiKeyStore.class));
    }
}
