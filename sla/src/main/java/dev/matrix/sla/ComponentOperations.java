package dev.matrix.sla;

import static java.util.Objects.requireNonNullElse;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.sla.SlaRequests.BeatComponent;
import dev.matrix.sla.SlaRequests.ComponentId;
import dev.matrix.sla.SlaRequests.CreateProbe;
import dev.matrix.sla.SlaRequests.ListProbes;
import dev.matrix.sla.SlaRequests.ProbeId;
import dev.matrix.sla.spi.ProbeMethod;
import dev.matrix.sla.spi.ProbeTarget;
import dev.matrix.sla.spi.ProbeTargetBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operations on probes and on the components that they watch. */
record ComponentOperations(StoredSlas slas, SlaArea area) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.deciding(
                                Operation.post("/v1/sla/probes", CreateProbe.class, Reply.json(Probe.class)),
                                "createSlaProbe",
                                "Watches a component by checks or heartbeats.")
                        .example("an address", SlaExamples.WATCH, SlaExamples.PROBE)
                        .handle(this::watch),
                area.reading(
                                Operation.get("/v1/sla/probes", ListProbes.class, Reply.pageOf(Probe.class)),
                                "listSlaProbes",
                                "Lists probes, without the values of their headers.")
                        .byOperators()
                        .example("all", new ListProbes(20, null), new Page<>(List.of(SlaExamples.PROBE), null))
                        .handle(this::probes),
                area.deciding(
                                Operation.delete("/v1/sla/probes/{id}", ProbeId.class, Reply.none()),
                                "deleteSlaProbe",
                                "Ends watching a component; its history stays.")
                        .example("one", new ProbeId(SlaExamples.PROBE.id()), null)
                        .handle(this::unwatch),
                area.reading(
                                Operation.get(
                                        "/v1/sla/components/{id}", ComponentId.class, Reply.json(SlaComponent.class)),
                                "getSlaComponent",
                                "Shows a component's state and its last 90 days; a customer sees its own components.")
                        .example("up", new ComponentId("api"), SlaExamples.COMPONENT)
                        .handle(this::component),
                area.measuring(
                                Operation.post("/v1/sla/components/{id}/heartbeats", BeatComponent.class, Reply.none()),
                                "recordSlaHeartbeat",
                                "Says that a component is up that reports by itself.")
                        .example("now", new BeatComponent("billing-worker", null), null)
                        .handle(this::beat));
    }

    /** Only host code can watch private addresses, so a name of one is refused here and its address at each check. */
    private static void requirePublic(@Nullable URI uri, String field) {
        if (uri != null && uri.getHost() != null && !AddressPolicy.publicOnly().allowsHost(uri.getHost())) {
            throw new InvalidRequestException(field + " has an address that isn't public.");
        }
    }

    Probe watch(CreateProbe q, ApiContext context) {
        requirePublic(q.uri(), "uri");
        requirePublic(q.connectivityCheck(), "connectivityCheck");
        ProbeTargetBuilder target = ProbeTarget.of(q.componentId(), q.kind(), q.uri())
                .method(requireNonNullElse(q.method(), ProbeMethod.GET));
        requireNonNullElse(q.headers(), Map.<String, String>of()).forEach(target::header);
        Optional.ofNullable(q.expected()).ifPresent(target::expecting);
        Optional.ofNullable(q.bodyContains()).ifPresent(target::containing);
        Optional.ofNullable(q.interval()).ifPresent(target::every);
        Optional.ofNullable(q.retryInterval()).ifPresent(target::retryEvery);
        Optional.ofNullable(q.timeout()).ifPresent(target::timeout);
        Optional.ofNullable(q.failures()).ifPresent(target::downAfter);
        Optional.ofNullable(q.successes()).ifPresent(target::upAfter);
        Optional.ofNullable(q.connectivityCheck()).ifPresent(target::connectivityCheck);
        return slas.watch(context.tx(), target.build());
    }

    Page<Probe> probes(ListProbes q, ApiContext context) {
        return slas.probes(new PageRequest(q.limit(), q.cursor()));
    }

    @Nullable
    Void unwatch(ProbeId q, ApiContext context) {
        slas.unwatch(context.tx(), q.id());
        return null;
    }

    SlaComponent component(ComponentId q, ApiContext context) {
        return area.view(context).component(q.id());
    }

    @Nullable
    Void beat(BeatComponent q, ApiContext context) {
        slas.heartbeat(context.tx(), q.id(), requireNonNullElse(q.at(), context.now()));
        return null;
    }
}
