package dev.matrix.sla;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiContent;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.sla.SlaRequests.ClaimCredit;
import dev.matrix.sla.SlaRequests.DecideCredit;
import dev.matrix.sla.SlaRequests.GetReport;
import dev.matrix.sla.SlaRequests.ListCredits;
import dev.matrix.sla.SlaRequests.ListStatements;
import dev.matrix.sla.SlaRequests.Simulate;
import java.util.List;

/** Operations on reports, statements and credits. */
record StatementOperations(StoredSlas slas, SlaArea area) {

    private static final String PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get(
                                        "/v1/sla/reports",
                                        GetReport.class,
                                        Reply.either(
                                                Reply.json(SlaReport.class),
                                                Reply.media("text/html", "text/csv", Reports.STATEMENT))),
                                "getSlaReport",
                                "Shows what a period of a subscription comes to: as JSON, a page, CSV, or a statement's bytes.")
                        .rate("heavy")
                        .example(
                                "a running month",
                                new GetReport(SlaExamples.SUBSCRIPTION, "2026-11", null, ReportFormat.JSON),
                                SlaExamples.REPORT)
                        .handle(this::report),
                area.reading(
                                Operation.post("/v1/sla/what-ifs", Simulate.class, Reply.json(SlaReport.class)),
                                "simulateSla",
                                "Judges a period by another definition, and stores nothing.")
                        .byOwners()
                        .rate("heavy")
                        .key(KeyMode.UNUSED)
                        .example(
                                "a stricter uptime",
                                new Simulate(SlaExamples.SUBSCRIPTION, "2026-11", SlaExamples.DEFINE),
                                SlaExamples.REPORT)
                        .handle(this::simulate),
                area.reading(
                                Operation.get(
                                        "/v1/sla/statements", ListStatements.class, Reply.pageOf(SlaStatement.class)),
                                "listSlaStatements",
                                "Lists the statements of closed periods.")
                        .example(
                                "all",
                                new ListStatements(null, 20, null),
                                new Page<>(List.of(SlaExamples.STATEMENT), null))
                        .handle(this::statements),
                area.reading(
                                Operation.get("/v1/sla/credits", ListCredits.class, Reply.pageOf(SlaCredit.class)),
                                "listSlaCredits",
                                "Lists credits for missed promises.")
                        .example(
                                "issued ones",
                                new ListCredits(null, CreditState.ISSUED, 20, null),
                                new Page<>(List.of(SlaExamples.CREDIT), null))
                        .handle(this::credits),
                area.deciding(
                                Operation.post(
                                        "/v1/sla/credits/{id}/decisions",
                                        DecideCredit.class,
                                        Reply.json(SlaCredit.class)),
                                "decideSlaCredit",
                                "Issues, declines or settles a credit.")
                        .example(
                                "issue",
                                new DecideCredit(SlaExamples.CREDIT.id(), CreditDecision.ISSUE, "ops_1"),
                                SlaExamples.CREDIT)
                        .handle(this::decide),
                area.deciding(
                                Operation.post("/v1/sla/credit-claims", ClaimCredit.class, Reply.json(SlaCredit.class)),
                                "claimSlaCredit",
                                "Issues the credit of a period that must be claimed.")
                        .example("October", new ClaimCredit(SlaExamples.SUBSCRIPTION, "2026-10"), SlaExamples.CREDIT)
                        .handle(this::claim));
    }

    Object report(GetReport q, ApiContext context) {
        SlaPeriod period = SlaPeriod.parse(q.period());
        Reading view = area.view(context);
        if (q.format() == ReportFormat.JSON && q.version() == null) {
            return view.report(q.subscriptionId(), period);
        }
        ReportDocument document = view.document(q.subscriptionId(), period, q.version(), q.format());
        if (q.format() == ReportFormat.JSON) {
            return view.reports().read(document.content());
        }
        context.header("Content-Security-Policy", PAGE_POLICY);
        context.header("Content-Disposition", "inline; filename=\"" + document.fileName() + "\"");
        return ApiContent.of(document.mediaType(), document.content());
    }

    SlaReport simulate(Simulate q, ApiContext context) {
        return slas.whatIf(
                area.view(context),
                q.subscriptionId(),
                SlaPeriod.parse(q.period()),
                ContractOperations.definition(q.definition()));
    }

    Page<SlaStatement> statements(ListStatements q, ApiContext context) {
        return area.view(context).statements(q.subscriptionId(), new PageRequest(q.limit(), q.cursor()));
    }

    Page<SlaCredit> credits(ListCredits q, ApiContext context) {
        return area.view(context)
                .credits(new CreditQuery(q.subscriptionId(), q.state()), new PageRequest(q.limit(), q.cursor()));
    }

    SlaCredit decide(DecideCredit q, ApiContext context) {
        return slas.decide(context.tx(), q.id(), q.decision(), q.by());
    }

    SlaCredit claim(ClaimCredit q, ApiContext context) {
        return slas.claim(context.tx(), q.subscriptionId(), SlaPeriod.parse(q.period()));
    }
}
