package dev.matrix.tax;

import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxExemptionStore.ExemptionRow;
import dev.matrix.tax.spi.TaxIdStore;
import dev.matrix.tax.spi.TaxTransactionStore.TransactionRow;
import java.util.List;
import java.util.Set;

/**
 * Replaces a buyer by a pseudonym that nothing links to it, and blanks what no law asks to keep. One pseudonym stands for all that one
 * call erases, so that certificates still belong to the sales that they have freed.
 */
record Erasure(TaxStores stores, TaxIdStore taxIds, TaxJson json, KnownFacts facts, Ids ids, Set<String> sellers) {

    private static final int PAGE = 100;

    int erase(Tx tx, Owner owner) {
        Owner pseudonym = Owner.user(ids.next("erased"));
        int erased = taxIds.unwatchAll(tx, owner);
        for (String seller : sellers) {
            erased += transactions(tx, seller, owner, pseudonym);
        }
        List<ExemptionRow> certificates = stores.exemptions().of(tx, owner);
        certificates.forEach(row -> certificate(tx, row, pseudonym));
        tx.hintAfterCommit(() -> facts.forgetExemptions(owner));
        return erased + certificates.size();
    }

    private int transactions(Tx tx, String seller, Owner owner, Owner pseudonym) {
        int erased = 0;
        String cursor = null;
        do {
            Page<TransactionRow> page = stores.transactions().page(tx, seller, owner, new PageRequest(PAGE, cursor));
            for (TransactionRow row : page.items()) {
                stores.transactions().lock(tx, row.id());
                TaxCalculation calculation = json.read(row.json(), TaxCalculation.class);
                TaxCalculation blanked =
                        calculation.boughtBy(blank(calculation.request().buyer(), pseudonym));
                stores.transactions()
                        .replace(
                                tx,
                                new TransactionRow(
                                        row.id(),
                                        row.sellerId(),
                                        pseudonym,
                                        row.reference(),
                                        row.committedAt(),
                                        json.write(blanked)));
                erased++;
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return erased;
    }

    /** The place of taxation and the ids that a treatment rests on stay. */
    private static Buyer blank(Buyer buyer, Owner pseudonym) {
        Address address = buyer.address();
        return new Buyer(
                pseudonym,
                buyer.kind(),
                address == null ? null : new Address(address.country(), address.region(), address.postalCode(), null),
                buyer.kind() == BuyerKind.BUSINESS ? buyer.taxIds() : List.of(),
                buyer.evidence());
    }

    /** One that was in force may have freed sales, and proves why. */
    private void certificate(Tx tx, ExemptionRow row, Owner pseudonym) {
        TaxExemption exemption = json.read(row.json(), TaxExemption.class);
        stores.exemptions().delete(tx, row.id());
        if (exemption.status() == TaxExemption.Status.ACTIVE || exemption.status() == TaxExemption.Status.REVOKED) {
            TaxExemption kept = exemption.heldBy(pseudonym);
            stores.exemptions()
                    .insert(tx, new ExemptionRow(row.id(), pseudonym, row.version(), row.lastDay(), json.write(kept)));
        }
    }
}
