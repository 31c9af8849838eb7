package dev.matrix.sla;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.SlaRequests.EndSubscription;
import dev.matrix.sla.SlaRequests.ListDefinitions;
import dev.matrix.sla.SlaRequests.ReplaceDefinition;
import dev.matrix.sla.SlaRequests.ReplaceSubscription;
import dev.matrix.sla.SlaRequests.SubscriptionId;
import dev.matrix.sla.SlaRequests.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operations on definitions and on who is bound to them. */
record ContractOperations(StoredSlas slas, SlaArea area) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get(
                                        "/v1/sla/definitions",
                                        ListDefinitions.class,
                                        Reply.pageOf(SlaDefinition.class)),
                                "listSlaDefinitions",
                                "Lists what each tier promises; a customer sees its own tiers.")
                        .example("all", new ListDefinitions(), new Page<>(List.of(SlaExamples.PRO), null))
                        .handle(this::definitions),
                area.reading(
                                Operation.get(
                                        "/v1/sla/definitions/{tier}", Tier.class, Reply.json(SlaDefinition.class)),
                                "getSlaDefinition",
                                "Shows what a tier promises.")
                        .etag(ContractOperations::version)
                        .example("pro", new Tier("pro"), SlaExamples.PRO)
                        .handle(this::definition),
                area.deciding(
                                Operation.put(
                                        "/v1/sla/definitions/{tier}",
                                        ReplaceDefinition.class,
                                        Reply.json(SlaDefinition.class)),
                                "replaceSlaDefinition",
                                "Stores the next version of what a tier promises.")
                        .etag(ContractOperations::version)
                        .example("a new tier", SlaExamples.DEFINE, SlaExamples.GOLD)
                        .handle(this::define),
                area.reading(
                                Operation.get(
                                        "/v1/sla/subscriptions/{id}",
                                        SubscriptionId.class,
                                        Reply.json(SlaSubscription.class)),
                                "getSlaSubscription",
                                "Shows what a subscription is bound to now.")
                        .example("bound", new SubscriptionId("sub_9"), SlaExamples.BOUND)
                        .handle(this::subscription),
                area.deciding(
                                Operation.put(
                                        "/v1/sla/subscriptions/{id}",
                                        ReplaceSubscription.class,
                                        Reply.json(SlaSubscription.class)),
                                "replaceSlaSubscription",
                                "Binds a subscription to a tier, or moves it to another one.")
                        .example("a month in Berlin", SlaExamples.BIND, SlaExamples.BOUND)
                        .handle(this::bind),
                area.deciding(
                                Operation.post(
                                        "/v1/sla/subscriptions/{id}/terminations", EndSubscription.class, Reply.none()),
                                "endSlaSubscription",
                                "Ends what a subscription is bound to.")
                        .example("at the month's end", SlaExamples.END, null)
                        .handle(this::end));
    }

    private static String version(SlaDefinition definition) {
        return Integer.toString(definition.version());
    }

    /** A customer sees the definitions that its own subscriptions are bound to. */
    private boolean sees(ApiContext context, String tier) {
        Optional<Owner> own = context.ownerFilter(null);
        return own.isEmpty()
                || area.within(context, tx -> slas.reading().of(own.get()).isBoundTo(tx, tier));
    }

    Page<SlaDefinition> definitions(ListDefinitions q, ApiContext context) {
        return new Page<>(
                slas.definitions().stream()
                        .filter(definition -> sees(context, definition.tier()))
                        .toList(),
                null);
    }

    SlaDefinition definition(Tier q, ApiContext context) {
        if (!sees(context, q.tier())) {
            throw new NotFoundException("No definition of tier " + q.tier() + ".");
        }
        return slas.definition(q.tier());
    }

    SlaDefinition define(ReplaceDefinition q, ApiContext context) {
        Tx tx = context.tx();
        slas.tiers().all(tx).stream()
                .filter(each -> each.tier().equals(q.tier()))
                .findFirst()
                .ifPresent(each -> context.requireVersion(version(each)));
        SlaDefinition definition = definition(q);
        Instant from = q.effectiveFrom();
        return from == null ? slas.define(tx, definition) : slas.defineFrom(tx, definition, from);
    }

    static SlaDefinition definition(ReplaceDefinition q) {
        SlaDefinitionBuilder builder = SlaDefinition.builder(q.tier()).objectives(q.objectives());
        Optional.ofNullable(q.alerts()).ifPresent(builder::alerts);
        Optional.ofNullable(q.maintenance()).ifPresent(builder::maintenance);
        Optional.ofNullable(q.credits()).ifPresent(builder::credits);
        Optional.ofNullable(q.coverageFloor()).ifPresent(builder::coverageFloor);
        Optional.ofNullable(q.freezeAfter()).ifPresent(builder::freezeAfter);
        return builder.build();
    }

    SlaSubscription subscription(SubscriptionId q, ApiContext context) {
        return area.within(context, tx -> {
            return SlaSubscription.of(area.view(context).binding(tx, q.id()));
        });
    }

    SlaSubscription bind(ReplaceSubscription q, ApiContext context) {
        Tx tx = context.tx();
        Instant from = q.from() == null ? Counting.nextMinute(context.now()) : q.from();
        Optional<Subscribed> known = slas.reading().records().subscription(tx, q.id());
        SlaBinding running = known.map(each -> each.at(from)).orElse(null);
        if (running != null && running.owner().equals(q.owner()) && isOnlyMoved(running, q)) {
            return SlaSubscription.of(
                    running.tier().equals(q.tier()) ? running : slas.change(tx, q.id(), q.tier(), from));
        }
        SlaBinding plain = SlaBinding.of(q.id(), q.owner(), q.tier(), from);
        return SlaSubscription.of(slas.bind(
                tx,
                new SlaBinding(
                        q.id(),
                        q.owner(),
                        q.tier(),
                        from,
                        null,
                        Objects.requireNonNullElse(q.zone(), plain.zone()),
                        Objects.requireNonNullElse(q.period(), plain.period()),
                        Objects.requireNonNullElse(q.components(), plain.components()),
                        q.hours())));
    }

    private static boolean isOnlyMoved(SlaBinding running, ReplaceSubscription q) {
        return (q.zone() == null || q.zone().equals(running.zone()))
                && (q.period() == null || q.period().equals(running.period()))
                && (q.components() == null || q.components().equals(running.components()))
                && Objects.equals(q.hours(), running.hours());
    }

    @Nullable
    Void end(EndSubscription q, ApiContext context) {
        Instant at = q.at();
        slas.end(context.tx(), q.id(), at == null ? Counting.nextMinute(context.now()) : at);
        return null;
    }
}
