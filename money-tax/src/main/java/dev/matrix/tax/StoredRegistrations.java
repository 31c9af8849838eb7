package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxRegistrationStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@link TaxRegistrations} over their store. */
final class StoredRegistrations implements TaxRegistrations {

    private final Transactions transactions;
    private final TaxRegistrationStore store;
    private final KnownFacts facts;
    private final Map<String, SellerProfile> sellers;
    private final SupplyRules supplies;

    StoredRegistrations(Transactions transactions, TaxRegistrationStore store, KnownFacts facts, Settings settings) {
        this.transactions = transactions;
        this.store = store;
        this.facts = facts;
        this.sellers = settings.sellers();
        this.supplies = settings.supplies();
    }

    private void requireKnown(String sellerId) {
        if (!sellers.containsKey(sellerId)) {
            throw SellerProfile.unknown(sellerId);
        }
    }

    @Override
    public void put(Tx tx, String sellerId, TaxRegistration registration) {
        requireKnown(sellerId);
        store.put(tx, sellerId, registration);
        tx.hintAfterCommit(() -> facts.forgetRegistrations(sellerId));
    }

    @Override
    public void put(String sellerId, TaxRegistration registration) {
        transactions.inTransaction(tx -> put(tx, sellerId, registration));
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
        transactions.inTransaction(tx -> close(tx, sellerId, jurisdiction, lastDay));
    }

    @Override
    public void replace(Tx tx, String sellerId, List<TaxRegistration> registrations) {
        requireKnown(sellerId);
        Set<Object> keys = new HashSet<>();
        for (TaxRegistration each : registrations) {
            if (!keys.add(List.of(each.jurisdiction(), each.scheme(), each.from()))) {
                throw new InvalidRequestException("Two registrations by " + each.scheme() + " in " + each.jurisdiction()
                        + " begin on " + each.from() + "; leave one out.");
            }
        }
        store.replace(tx, sellerId, registrations);
        tx.hintAfterCommit(() -> facts.forgetRegistrations(sellerId));
    }

    @Override
    public void replace(String sellerId, List<TaxRegistration> registrations) {
        transactions.inTransaction(tx -> replace(tx, sellerId, registrations));
    }

    @Override
    public List<TaxRegistration> stored(String sellerId) {
        return facts.registrations(sellerId);
    }

    @Override
    public List<TaxRegistration> list(String sellerId) {
        SellerProfile profile = sellers.get(sellerId);
        List<TaxRegistration> all = new ArrayList<>(profile == null ? List.of() : profile.registrations());
        all.addAll(stored(sellerId));
        return List.copyOf(all);
    }

    @Override
    public List<TaxThreshold> thresholds() {
        return supplies.all();
    }
}
