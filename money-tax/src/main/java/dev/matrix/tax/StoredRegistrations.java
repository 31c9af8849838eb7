package dev.matrix.tax;

import dev.matrix.core.Matrix;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxRegistrationStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link TaxRegistrations} over their store. */
final class StoredRegistrations implements TaxRegistrations {

    private final Matrix matrix;
    private final TaxRegistrationStore store;
    private final KnownFacts facts;
    private final Map<String, SellerProfile> sellers;

    StoredRegistrations(
            Matrix matrix, TaxRegistrationStore store, KnownFacts facts, Map<String, SellerProfile> sellers) {
        this.matrix = matrix;
        this.store = store;
        this.facts = facts;
        this.sellers = sellers;
    }

    @Override
    public void put(Tx tx, String sellerId, TaxRegistration registration) {
        store.put(tx, sellerId, registration);
        tx.afterCommit(() -> facts.forgetRegistrations(sellerId));
    }

    @Override
    public void put(String sellerId, TaxRegistration registration) {
        matrix.transactions().inTransaction(tx -> put(tx, sellerId, registration));
    }

    @Override
    public void close(Tx tx, String sellerId, String jurisdiction, LocalDate lastDay) {
        TaxRegistration open = store.list(tx, sellerId).stream()
                .filter(each -> each.jurisdiction().equals(jurisdiction) && each.to() == null)
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "Seller " + sellerId + " has no open stored registration in " + jurisdiction + "."));
        put(tx, sellerId, new TaxRegistration(jurisdiction, open.scheme(), open.taxId(), open.from(), lastDay));
    }

    @Override
    public void close(String sellerId, String jurisdiction, LocalDate lastDay) {
        matrix.transactions().inTransaction(tx -> close(tx, sellerId, jurisdiction, lastDay));
    }

    @Override
    public List<TaxRegistration> list(String sellerId) {
        SellerProfile profile = sellers.get(sellerId);
        List<TaxRegistration> all = new ArrayList<>(profile == null ? List.of() : profile.registrations());
        all.addAll(facts.registrations(sellerId));
        return List.copyOf(all);
    }

    @Override
    public List<TaxThreshold> thresholds() {
        return SupplyRules.INSTANCE.all();
    }
}
