package dev.matrix.sla;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.AlertStore;
import dev.matrix.sla.spi.AlertStore.AlertRow;
import dev.matrix.sla.spi.CreditStore;
import dev.matrix.sla.spi.CreditStore.CreditRow;
import dev.matrix.sla.spi.ProbeTarget;
import dev.matrix.testkit.ApiModuleContract;
import dev.matrix.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operations of service levels keep the contract of modules. */
class SlaContractTest implements ApiModuleContract {

    private @Nullable SlaNode node;

    @Override
    public Matrix matrix(Stores stores) {
        SlaNode made = new SlaNode(stores, ManualClock.at("2026-11-02T09:30:00Z"), "one", UnaryOperator.identity());
        node = made;
        return made.matrix;
    }

    @Override
    public ApiModule module(Matrix matrix) {
        return requireNonNull(node).slas.api();
    }

    @Override
    public Set<String> writableByOwners() {
        return Set.of("simulateSla");
    }

    @Override
    public Map<String, String> existing(Matrix matrix, Owner owner) {
        Slas slas = requireNonNull(node).slas;
        Instant from = Instant.parse("2026-11-01T00:00:00Z");
        slas.bind(SlaBinding.of("sub_7", owner, "pro", from));
        slas.bind(SlaBinding.of("sub_8", owner, "pro", from));
        Stores stores = matrix.stores();
        stores.transactions().inTransaction(tx -> {
            Text text = new Text(matrix.json());
            SlaAlert alert = SlaExamples.ALERT;
            stores.get(AlertStore.class)
                    .insert(tx, new AlertRow(alert.id(), "sub_7", owner, 1, "sub_7:UPTIME", text.of(alert)));
            SlaCredit proposed = SlaExamples.CREDIT.in(CreditState.PROPOSED, null);
            credit(tx, stores, text, owner, proposed.id(), proposed);
            credit(tx, stores, text, owner, "scr_2", claimable(proposed));
        });
        Probe probe = slas.watch(
                ProbeTarget.http("web", URI.create("https://web.example.com/")).build());
        slas.watch(
                ProbeTarget.heartbeat("billing-worker", Duration.ofMinutes(1)).build());
        Exclusion exclusion = slas.exclude(Exclusion.correction(
                ExclusionScope.everyone(),
                from,
                from.plusSeconds(60),
                "wrong clock",
                "ops_1",
                matrix.clock().instant()));
        return Map.of(
                "getSlaSubscription", "/v1/sla/subscriptions/sub_7",
                "endSlaSubscription", "/v1/sla/subscriptions/sub_8/terminations",
                "deleteSlaProbe", "/v1/sla/probes/" + probe.id(),
                "recordSlaHeartbeat", "/v1/sla/components/billing-worker/heartbeats",
                "acknowledgeSlaAlert", "/v1/sla/alerts/" + SlaExamples.ALERT.id() + "/acknowledgements",
                "decideSlaCredit", "/v1/sla/credits/" + SlaExamples.CREDIT.id() + "/decisions",
                "cancelSlaExclusion", "/v1/sla/exclusions/" + exclusion.id());
    }

    private static SlaCredit claimable(SlaCredit c) {
        return new SlaCredit(
                "scr_2",
                c.key() + "b",
                c.subscriptionId(),
                c.period(),
                c.tier(),
                c.definitionVersion(),
                c.state(),
                c.settlement(),
                c.base(),
                c.percent(),
                c.amount(),
                c.tax(),
                c.reasons(),
                null,
                null,
                c.periodStart(),
                c.periodEnd(),
                c.madeAt(),
                Instant.parse("2026-12-01T00:00:00Z"),
                null);
    }

    private static void credit(Tx tx, Stores stores, Text text, Owner owner, String id, SlaCredit credit) {
        stores.get(CreditStore.class)
                .insert(
                        tx,
                        new CreditRow(
                                id,
                                id,
                                "sub_7",
                                owner,
                                1,
                                credit.state().name(),
                                credit.periodStart(),
                                text.of(credit)));
    }
}
