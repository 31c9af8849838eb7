package dev.matrix.security;

import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.FactorProofStore;
import dev.matrix.security.spi.SecondFactorStore;
import java.util.List;

/** Where second factors keep their state. */
record FactorStores(Transactions transactions, SecondFactorStore factors, FactorProofStore proofs) {

    static FactorStores of(Stores stores) {
        return new FactorStores(
                stores.transactions(), stores.get(SecondFactorStore.class), stores.get(FactorProofStore.class));
    }

    /** Ends all of a person's devices and recovery codes. */
    void eraseAll(Tx tx, Subject subject) {
        factors.devices(tx, subject.owner(), subject.id())
                .forEach(each -> factors.delete(tx, subject.owner(), subject.id(), each.id()));
        proofs.replaceCodes(tx, subject.owner(), subject.id(), List.of());
        factors.deleteGuard(tx, subject.owner(), subject.id());
    }
}
