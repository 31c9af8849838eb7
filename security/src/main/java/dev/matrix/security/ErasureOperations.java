package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.security.AuditRequests.EraseSubject;
import dev.matrix.security.AuditViews.ErasureView;
import java.util.List;

/** The operation that erases a person, for operators. */
record ErasureOperations(ApiArea area, Erasures erasures) {

    private static final int ACCEPTED = 202;

    List<Operation<?, ?>> all() {
        return List.of(area.writing(
                        Operation.post("/v1/security/erasures", EraseSubject.class, Reply.json(ErasureView.class)),
                        "eraseSubject",
                        "Erases a person: what the audit log knows of it can't be read any more, and its second factors"
                                + " end. 202: a hold defers it.")
                .byOperators()
                .status(200)
                .example(
                        "a person",
                        new EraseSubject(Owner.user("u_contract"), "alice"),
                        new ErasureView(Erasures.Outcome.ERASED, "9f86d081884c7d659a2feaa0c55ad015", null))
                .handle(this::erase));
    }

    private ErasureView erase(EraseSubject q, ApiContext context) {
        Subject subject = new Subject(context.owner(q.owner()), q.subjectId());
        ErasureView told = ErasureView.of(erasures.erase(
                context.tx(), subject, Actor.key(context.principal().id())));
        if (told.outcome() == Erasures.Outcome.DEFERRED) {
            context.status(ACCEPTED);
        }
        return told;
    }
}
