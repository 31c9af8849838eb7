package dev.matrix.refunds;

import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;

/** Finds rows that the caller may see; what may not be seen isn't found, as if it did not exist. */
record RefundRows(StoredRefunds refunds, ApiArea area) {

    RefundablePayment payment(ApiContext context, String id) {
        return area.visible(
                context,
                "payment",
                id,
                area.within(context, tx -> refunds.payments().find(tx, id)),
                RefundablePayment::owner);
    }

    Refund refund(ApiContext context, String id) {
        return area.visible(context, "refund", id, area.within(context, tx -> refunds.find(tx, id)), Refund::owner);
    }

    Dispute dispute(ApiContext context, String id) {
        return area.visible(
                context,
                "dispute",
                id,
                area.within(context, tx -> refunds.disputes().find(tx, id)),
                Dispute::owner);
    }
}
