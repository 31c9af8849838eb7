package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.RefundRequests.CreateRefund;
import dev.matrix.refunds.RefundRequests.ListRefunds;
import dev.matrix.refunds.RefundRequests.RefundId;
import dev.matrix.refunds.RefundViews.HistoryView;
import dev.matrix.refunds.RefundViews.QuoteView;
import dev.matrix.refunds.RefundViews.RefundView;
import java.util.List;
import java.util.Locale;

/** Operations that ask for refunds and show them. Nobody pays himself: a customer's request needs somebody's approval. */
record RefundOperations(ApiArea area, StoredRefunds refunds, RefundRows rows) {

    List<Operation<?, ?>> all() {
        return List.of(
                refusing(area.writing(
                                Operation.post("/v1/refunds", CreateRefund.class, Reply.json(RefundView.class)),
                                "createRefund",
                                "Refunds a payment in full, in part, by line or pro rata."))
                        .byOwners()
                        .key(KeyMode.OWNED_REQUIRED)
                        .example("in part", RefundExamples.PARTIAL, RefundExamples.QUEUED)
                        .handle(this::create),
                area.reading(
                                Operation.get("/v1/refunds", ListRefunds.class, Reply.pageOf(RefundView.class)),
                                "listRefunds",
                                "Lists refunds in the order of their making.")
                        .example(
                                "of one payment",
                                new ListRefunds(RefundExamples.OWNER, "pay_1", null, null, null, null, null, 20, null),
                                new Page<>(List.of(RefundExamples.REFUND), null))
                        .handle(this::list),
                area.reading(
                                Operation.get("/v1/refunds/{id}", RefundId.class, Reply.json(RefundView.class)),
                                "getRefund",
                                "Shows a refund with its legs.")
                        .example("one", new RefundId("ref_1"), RefundExamples.QUEUED)
                        .handle(this::get),
                area.reading(
                                Operation.get(
                                        "/v1/refunds/{id}/history", RefundId.class, Reply.pageOf(HistoryView.class)),
                                "getRefundHistory",
                                "Shows what happened to a refund, oldest first.")
                        .example("of one", new RefundId("ref_1"), new Page<>(List.of(RefundExamples.REQUESTED), null))
                        .handle(this::history),
                area.writing(
                                Operation.post("/v1/refund-quotes", CreateRefund.class, Reply.json(QuoteView.class)),
                                "quoteRefund",
                                "Works out what a refund would be, or why it would be refused; it reserves nothing.")
                        .byOwners()
                        .scope("refunds:read")
                        .key(KeyMode.UNUSED)
                        .example("in part", RefundExamples.PARTIAL, RefundExamples.QUOTE)
                        .handle(this::quote),
                area.writing(
                                Operation.post(
                                        "/v1/refunds/{id}/cancellations", RefundId.class, Reply.json(RefundView.class)),
                                "cancelRefund",
                                "Cancels a refund that was not sent, or asks its provider to.")
                        .byOwners()
                        .example("one", new RefundId("ref_1"), RefundExamples.CANCELLED)
                        .handle(this::cancel));
    }

    /** Every refusal is a problem of its own, which a caller may have to handle. */
    private static <Q extends Record, R> Operation.Draft<Q, R> refusing(Operation.Draft<Q, R> draft) {
        for (RefusalCode code : RefusalCode.values()) {
            String word = Forms.word(code);
            String title = word.substring(0, 1).toUpperCase(Locale.ROOT)
                    + word.substring(1).replace('_', ' ');
            draft.error(word, 422, title);
        }
        return draft;
    }

    private static RefundView view(Refund refund, ApiContext context) {
        return RefundView.of(refund, context.principal().operator());
    }

    private RefundRequest request(CreateRefund q, String key, ApiContext context) {
        if (q.needsOperator()) {
            area.requireOperator(
                    context, "sets via, destination, executeAt and options, or refunds for the reason fraudulent");
        }
        return q.request(key, context.principal().id());
    }

    private RefundView create(CreateRefund q, ApiContext context) {
        Tx tx = context.tx();
        RefundRequest request = request(q, context.idempotencyKey().orElseThrow(), context);
        rows.payment(context, q.paymentId());
        RefundOutcome outcome =
                context.principal().operator() ? refunds.refund(tx, request) : refunds.refundOwn(tx, request);
        if (outcome instanceof RefundOutcome.Refused refused) {
            throw ApiProblem.of(422, Forms.word(refused.code()), refused.message())
                    .with("refundable", refused.refundable());
        }
        RefundOutcome.Accepted accepted = (RefundOutcome.Accepted) outcome;
        if (accepted.replayed()) {
            context.replayed();
            context.status(200);
        }
        return view(accepted.refund(), context);
    }

    private Page<RefundView> list(ListRefunds q, ApiContext context) {
        if (q.attention() != null) {
            area.requireOperator(context, "lists refunds by attention");
        }
        RefundQuery query = new RefundQuery(
                context.ownerFilter(q.owner()).orElse(null),
                q.paymentId(),
                q.status(),
                q.reason(),
                q.attention(),
                q.createdFrom(),
                q.createdTo());
        return refunds.page(query, new PageRequest(q.limit(), q.cursor())).map(refund -> view(refund, context));
    }

    private RefundView get(RefundId q, ApiContext context) {
        return view(rows.refund(context, q.id()), context);
    }

    private Page<HistoryView> history(RefundId q, ApiContext context) {
        boolean staff = context.principal().operator();
        List<HistoryView> all = refunds.history(rows.refund(context, q.id()).id()).stream()
                .map(entry -> HistoryView.of(entry, staff))
                .toList();
        return new Page<>(all, null);
    }

    private QuoteView quote(CreateRefund q, ApiContext context) {
        RefundRequest request = request(q, "quote", context);
        rows.payment(context, q.paymentId());
        return QuoteView.of(refunds.quote(request));
    }

    private RefundView cancel(RefundId q, ApiContext context) {
        Refund refund = rows.refund(context, q.id());
        String actor = context.principal().id();
        if (!context.principal().operator() && !actor.equals(refund.requestedBy())) {
            throw ApiProblem.of(403, "access_denied", "You can cancel refunds that you asked for yourself.");
        }
        CancelOutcome outcome = refunds.cancel(context.tx(), q.id(), actor);
        if (outcome instanceof CancelOutcome.TooLate late) {
            throw new ConflictException(
                    "Refund " + q.id() + " is " + Forms.word(late.status()) + " and can't be cancelled any more.");
        }
        if (outcome instanceof CancelOutcome.Requested asked) {
            context.status(202);
            return view(asked.refund(), context);
        }
        return view(((CancelOutcome.Cancelled) outcome).refund(), context);
    }
}
