package dev.matrix.security;

import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.security.spi.FactorProofStore;
import dev.matrix.security.spi.SecondFactorStore;

/** Where second factors keep their state. */
record FactorStores(Transactions transactions, SecondFactorStore factors, FactorProofStore proofs) {

    static FactorStores of(Stores stores) {
        return new FactorStores(
                stores.transactions(), stores.get(SecondFactorStore.class), stores.get(FactorProofStore.class));
    }
}
