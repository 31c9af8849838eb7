package dev.matrix.sla;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.sla.SlaRequests.AcknowledgeAlert;
import dev.matrix.sla.SlaRequests.CreateExclusion;
import dev.matrix.sla.SlaRequests.ExclusionId;
import dev.matrix.sla.SlaRequests.ListAlerts;
import dev.matrix.sla.SlaRequests.ListExclusions;
import dev.matrix.sla.spi.ExclusionStore.ExclusionRow;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Operations on alerts and exclusions. */
record WatchOperations(StoredSlas slas, SlaArea area) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get("/v1/sla/alerts", ListAlerts.class, Reply.pageOf(SlaAlert.class)),
                                "listSlaAlerts",
                                "Lists alerts on error budgets that burn too fast.")
                        .example(
                                "open ones",
                                new ListAlerts(null, AlertState.OPEN, 20, null),
                                new Page<>(List.of(SlaExamples.ALERT), null))
                        .handle(this::alerts),
                area.deciding(
                                Operation.post(
                                        "/v1/sla/alerts/{id}/acknowledgements",
                                        AcknowledgeAlert.class,
                                        Reply.json(SlaAlert.class)),
                                "acknowledgeSlaAlert",
                                "Notes who takes care of an alert.")
                        .example(
                                "taken",
                                new AcknowledgeAlert(SlaExamples.ALERT.id(), "ops_1", "We roll back."),
                                SlaExamples.ACKNOWLEDGED)
                        .handle(this::acknowledge),
                area.deciding(
                                Operation.post(
                                        "/v1/sla/exclusions", CreateExclusion.class, Reply.json(SlaExclusion.class)),
                                "createSlaExclusion",
                                "Takes time out of the reckoning; statements that were made get a new version.")
                        .example("maintenance", SlaExamples.EXCLUDE, SlaExamples.EXCLUDED)
                        .handle(this::exclude),
                area.reading(
                                Operation.get(
                                        "/v1/sla/exclusions", ListExclusions.class, Reply.pageOf(SlaExclusion.class)),
                                "listSlaExclusions",
                                "Lists exclusions; a customer sees those that touch its subscriptions.")
                        .example("all", new ListExclusions(20, null), new Page<>(List.of(SlaExamples.EXCLUDED), null))
                        .handle(this::exclusions),
                area.deciding(
                                Operation.delete("/v1/sla/exclusions/{id}", ExclusionId.class, Reply.none()),
                                "cancelSlaExclusion",
                                "Cancels an exclusion; it is kept as cancelled.")
                        .example("maintenance", new ExclusionId(String.valueOf(SlaExamples.EXCLUDED.id())), null)
                        .handle(this::cancel));
    }

    Page<SlaAlert> alerts(ListAlerts q, ApiContext context) {
        Page<SlaAlert> page = area.view(context)
                .alerts(
                        new AlertQuery(q.subscriptionId(), q.state() == AlertState.OPEN),
                        new PageRequest(q.limit(), q.cursor()));
        return q.state() == AlertState.RESOLVED
                ? new Page<>(
                        page.items().stream()
                                .filter(alert -> alert.state() == AlertState.RESOLVED)
                                .toList(),
                        page.nextCursor())
                : page;
    }

    SlaAlert acknowledge(AcknowledgeAlert q, ApiContext context) {
        return slas.acknowledge(context.tx(), q.id(), q.by(), q.note());
    }

    SlaExclusion exclude(CreateExclusion q, ApiContext context) {
        Exclusion made = slas.exclude(
                context.tx(),
                new Exclusion(
                        null,
                        q.scope(),
                        q.from(),
                        q.to(),
                        q.recurrence(),
                        q.kind(),
                        Objects.requireNonNullElse(q.mode(), ExclusionMode.EXCLUDE),
                        q.reason(),
                        q.by(),
                        context.now()));
        return SlaExclusion.of(made, String.valueOf(made.id()), false);
    }

    Page<SlaExclusion> exclusions(ListExclusions q, ApiContext context) {
        return area.within(context, tx -> {
            Set<SlaBinding> own = context.ownerFilter(null)
                    .map(owner -> slas.stores().bindings().page(tx, owner, PageRequest.first(1_000)).items().stream()
                            .map(bound -> Subscribed.of(
                                    bound, slas.reading().records().text()))
                            .flatMap(each -> each.bindings().stream())
                            .collect(Collectors.toSet()))
                    .orElse(Set.of());
            boolean all = context.ownerFilter(null).isEmpty();
            Page<ExclusionRow> page = slas.stores().exclusions().page(tx, new PageRequest(q.limit(), q.cursor()));
            List<SlaExclusion> seen = page.items().stream()
                    .map(row -> SlaExclusion.of(
                            slas.reading().records().text().read(row.json(), Exclusion.class),
                            row.id(),
                            row.cancelled()))
                    .filter(each -> all || own.stream().anyMatch(each.scope()::concerns))
                    .toList();
            return new Page<>(seen, page.nextCursor());
        });
    }

    @Nullable
    Void cancel(ExclusionId q, ApiContext context) {
        slas.cancelExclusion(context.tx(), q.id(), context.principal().id());
        return null;
    }
}
