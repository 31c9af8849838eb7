package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.refunds.RefundRequests.RefundId;
import dev.matrix.refunds.RefundRequests.RejectRefund;
import dev.matrix.refunds.RefundRequests.ResolveRefund;
import dev.matrix.refunds.RefundViews.RefundView;
import java.util.List;

/** What people decide about refunds; for operators. */
record ReviewOperations(ApiArea area, StoredRefunds refunds, RefundRows rows) {

    List<Operation<?, ?>> all() {
        return List.of(
                approving(
                                Operation.post(
                                        "/v1/refunds/{id}/approvals", RefundId.class, Reply.json(RefundView.class)),
                                "approveRefund",
                                "Lets a refund that waits for approval go on; never by who asked for it.")
                        .example("one", new RefundId("ref_1"), RefundExamples.QUEUED)
                        .handle(this::approve),
                approving(
                                Operation.post(
                                        "/v1/refunds/{id}/rejections",
                                        RejectRefund.class,
                                        Reply.json(RefundView.class)),
                                "rejectRefund",
                                "Refuses a refund that waits for approval, and frees its amount.")
                        .example("one", new RejectRefund("ref_1", "Used in full."), RefundExamples.REJECTED)
                        .handle(this::reject),
                approving(
                                Operation.post(
                                        "/v1/refunds/{id}/resolutions",
                                        ResolveRefund.class,
                                        Reply.json(RefundView.class)),
                                "resolveRefund",
                                "Records what a person found out about a leg that needs one.")
                        .example(
                                "paid by hand",
                                new ResolveRefund(
                                        "ref_1", null, RefundRequests.Resolution.SUCCEEDED, "bank-77", "Paid by bank."),
                                RefundExamples.PAID_BACK)
                        .handle(this::resolve));
    }

    private <Q extends Record, R> Operation.Draft<Q, R> approving(
            Operation.Draft<Q, R> draft, String id, String summary) {
        return area.writing(draft, id, summary).scope("refunds:approve").byOperators();
    }

    private RefundView approve(RefundId q, ApiContext context) {
        Refund refund = rows.refund(context, q.id());
        String actor = context.principal().id();
        if (actor.equals(refund.requestedBy())) {
            throw ApiProblem.of(403, "access_denied", "Who asked for a refund can't approve it.");
        }
        return RefundView.of(refunds.approve(context.tx(), q.id(), actor), true);
    }

    private RefundView reject(RejectRefund q, ApiContext context) {
        rows.refund(context, q.id());
        return RefundView.of(
                refunds.reject(context.tx(), q.id(), context.principal().id(), q.note()), true);
    }

    private RefundView resolve(ResolveRefund q, ApiContext context) {
        Refund refund = rows.refund(context, q.id());
        List<String> legs = refund.legs().stream()
                .filter(leg ->
                        q.legId() == null ? leg.status().isOpen() : leg.id().equals(q.legId()))
                .map(RefundLeg::id)
                .toList();
        if (legs.size() != 1) {
            throw new ConflictException(
                    "Refund " + q.id() + " has no such leg, or not exactly one that is open; name the leg by legId.");
        }
        return RefundView.of(
                refunds.resolve(
                        context.tx(), legs.get(0), q.how(), context.principal().id(), q.note()),
                true);
    }
}
