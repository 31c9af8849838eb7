package dev.matrix.refunds;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.spi.Tx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds rows that the caller may see; what may not be seen isn't found, as if it did not exist. */
record RefundRows(StoredRefunds refunds) {

    private static boolean maySee(ApiContext context, Owner owner) {
        return context.ownerFilter(null).map(owner::equals).orElse(true);
    }

    /** @param tx the call's; null: it has none, as a GET */
    RefundablePayment payment(ApiContext context, @Nullable Tx tx, String id) {
        Optional<RefundablePayment> found =
                tx == null ? refunds.payments().find(id) : refunds.payments().find(tx, id);
        return found.filter(payment -> maySee(context, payment.owner()))
                .orElseThrow(() -> new NotFoundException("There is no such payment."));
    }

    /** @param tx the call's; null: it has none, as a GET */
    Refund refund(ApiContext context, @Nullable Tx tx, String id) {
        Optional<Refund> found = tx == null ? refunds.find(id) : refunds.find(tx, id);
        return found.filter(refund -> maySee(context, refund.owner()))
                .orElseThrow(() -> new NotFoundException("There is no such refund."));
    }
}
