package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundStore;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Empties what refunds and disputes know of a person; figures and references stay. */
record Erasure(RefundStores stores, Forms forms, Map<String, RefundProvider> providers) {

    private static final int PAGE = 200;

    /** Returns how many refunds had something to empty. */
    int erase(Tx tx, Owner owner) {
        RefundStore.Filter own = new RefundStore.Filter(owner, null, null, null, null, null, null);
        int erased = 0;
        @Nullable String cursor = null;
        do {
            Page<RefundRow> page = stores.refunds().page(tx, own, new PageRequest(PAGE, cursor));
            for (RefundRow row : page.items()) {
                erased += erase(tx, row) ? 1 : 0;
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        stores.refunds().eraseHistory(tx, owner);
        stores.secrets().erase(tx, owner);
        return erased;
    }

    private boolean erase(Tx tx, RefundRow found) {
        stores.locked(tx, found.paymentId());
        RefundRow row = stores.refund(tx, found.id());
        List<Leg> legs = forms.legs(stores.legs().ofRefund(tx, row.id()));
        for (Leg leg : legs) {
            RefundProvider provider = providers.get(leg.row().provider());
            boolean needed = provider == null || provider.capabilities().needsDestination();
            if (leg.status().isOpen() && needed) {
                throw new ConflictException("Refund " + row.id()
                        + " is under way and needs its destination; erase again when it has ended, or cancel it.");
            }
        }
        RefundDocument document = forms.document(row);
        RefundDocument emptied = new RefundDocument(
                document.request().erased(), document.explanation(), document.approvedBy(), document.rejectedBy());
        if (emptied.equals(document)) {
            return false;
        }
        RefundRow next = row.changed(row.status(), row.attention(), row.dueAt(), forms.text(emptied));
        if (!stores.refunds().replaceIfVersion(tx, next)) {
            throw new ConflictException("Refund " + row.id() + " changed under its payment's lock; try again.");
        }
        return true;
    }
}
