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
import dev.matrix.refunds.DisputeRequests.CreateDispute;
import dev.matrix.refunds.DisputeRequests.DisputeId;
import dev.matrix.refunds.DisputeRequests.ListDisputes;
import dev.matrix.refunds.DisputeRequests.SaveEvidence;
import dev.matrix.refunds.DisputeViews.DisputeView;
import java.util.List;

/** Operations on disputes. Recording and answering is for operators; owners see their own disputes without staff's part. */
record DisputeOperations(ApiArea area, StoredRefunds refunds, RefundRows rows) {

    private static final int LARGEST_EVIDENCE = 30 << 20;

    List<Operation<?, ?>> all() {
        return List.of(
                area.writing(
                                Operation.post("/v1/disputes", CreateDispute.class, Reply.json(DisputeView.class)),
                                "createDispute",
                                "Records a dispute, or what is new of it, where its provider can't be asked.")
                        .byOperators()
                        .example("a chargeback", RefundExamples.DISPUTED, RefundExamples.DISPUTE)
                        .handle(this::create),
                area.reading(
                                Operation.get("/v1/disputes", ListDisputes.class, Reply.pageOf(DisputeView.class)),
                                "listDisputes",
                                "Lists disputes in the order of their recording.")
                        .example(
                                "those due soon",
                                new ListDisputes(
                                        RefundExamples.OWNER,
                                        null,
                                        DisputeStatus.NEEDS_RESPONSE,
                                        RefundExamples.AT.plusSeconds(900_000),
                                        20,
                                        null),
                                new Page<>(List.of(RefundExamples.DISPUTE), null))
                        .handle(this::list),
                area.reading(
                                Operation.get("/v1/disputes/{id}", DisputeId.class, Reply.json(DisputeView.class)),
                                "getDispute",
                                "Shows a dispute.")
                        .example("one", new DisputeId("dsp_1"), RefundExamples.DISPUTE)
                        .handle(this::get),
                answering(
                                Operation.post(
                                        "/v1/disputes/{id}/evidence",
                                        SaveEvidence.class,
                                        Reply.json(DisputeView.class)),
                                "saveDisputeEvidence",
                                "Keeps evidence as a draft, or submits it.")
                        .maxBody(LARGEST_EVIDENCE)
                        .example("a text", RefundExamples.EVIDENCE, RefundExamples.DISPUTE)
                        .handle(this::evidence),
                answering(
                                Operation.post(
                                        "/v1/disputes/{id}/acceptances",
                                        DisputeId.class,
                                        Reply.json(DisputeView.class)),
                                "acceptDispute",
                                "Accepts a dispute: the customer keeps the money.")
                        .example("one", new DisputeId("dsp_1"), RefundExamples.DISPUTE)
                        .handle(this::accept));
    }

    private <Q extends Record, R> Operation.Draft<Q, R> answering(
            Operation.Draft<Q, R> draft, String id, String summary) {
        return area.writing(draft, id, summary)
                .byOperators()
                .key(KeyMode.UNUSED)
                .error("dispute_not_answerable", 409, "The dispute takes no such answer");
    }

    private static DisputeView view(Dispute dispute, ApiContext context) {
        return DisputeView.of(dispute, context.principal().operator());
    }

    private DisputeView create(CreateDispute q, ApiContext context) {
        rows.payment(context, q.paymentId());
        return view(refunds.disputes().record(context.tx(), q.paymentId(), q.facts(refunds.now())), context);
    }

    private Page<DisputeView> list(ListDisputes q, ApiContext context) {
        DisputeQuery query =
                new DisputeQuery(context.ownerFilter(q.owner()).orElse(null), q.paymentId(), q.status(), q.dueBefore());
        return refunds.disputes()
                .page(query, new PageRequest(q.limit(), q.cursor()))
                .map(dispute -> view(dispute, context));
    }

    private DisputeView get(DisputeId q, ApiContext context) {
        return view(rows.dispute(context, q.id()), context);
    }

    private DisputeView evidence(SaveEvidence q, ApiContext context) {
        rows.dispute(context, q.id());
        String actor = context.principal().id();
        Dispute saved;
        try {
            saved = refunds.disputes().saveEvidence(q.id(), q.evidence(), actor);
        } catch (ConflictException over) {
            throw refused(String.valueOf(over.getMessage()));
        }
        return q.submit() ? answered(refunds.disputes().submit(q.id(), actor), context) : view(saved, context);
    }

    private DisputeView accept(DisputeId q, ApiContext context) {
        rows.dispute(context, q.id());
        return answered(refunds.disputes().accept(q.id(), context.principal().id()), context);
    }

    private static DisputeView answered(DisputeOutcome outcome, ApiContext context) {
        if (outcome instanceof DisputeOutcome.Refused no) {
            throw refused(no.message());
        }
        if (outcome instanceof DisputeOutcome.Unknown unknown) {
            context.status(202);
            return view(unknown.dispute(), context);
        }
        return view(((DisputeOutcome.Taken) outcome).dispute(), context);
    }

    private static ApiProblem refused(String message) {
        return ApiProblem.of(409, "dispute_not_answerable", message);
    }
}
