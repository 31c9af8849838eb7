package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.CostRequests.RecordSamples;
import dev.matrix.analytics.cost.CostRequests.SampleRequest;
import dev.matrix.analytics.cost.CostViews.RecordedView;
import dev.matrix.analytics.cost.CostViews.RejectedView;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Samples of machines. */
record SampleOperations(StoredCostOptimizations costs, ApiArea area) {

    private static final int LARGEST_BODY = 8 * 1024 * 1024;
    private static final int ACCEPTED = 202;

    List<Operation<?, ?>> all() {
        return List.of(area.writing(
                        Operation.post("/v1/resource-samples", RecordSamples.class, Reply.json(RecordedView.class)),
                        "recordResourceSamples",
                        "Records how busy machines were; what can't be used is rejected one by one.")
                .byOwners()
                .status(ACCEPTED)
                .maxBody(LARGEST_BODY)
                .example("one hour", CostExamples.SAMPLES, CostExamples.RECORDED)
                .handle(this::record));
    }

    private RecordedView record(RecordSamples q, ApiContext context) {
        Owner owner = context.owner(q.owner());
        List<ResourceSample> good = new ArrayList<>();
        List<RejectedView> rejected = new ArrayList<>();
        for (int i = 0; i < q.samples().size(); i++) {
            try {
                good.add(sample(q.samples().get(i), owner, context.now()));
            } catch (InvalidRequestException e) {
                rejected.add(new RejectedView(i, String.valueOf(e.getMessage())));
            }
        }
        int added = costs.record(context.tx(), good);
        return new RecordedView(added, good.size() - added, rejected);
    }

    private static ResourceSample sample(SampleRequest q, Owner owner, Instant now) {
        List<Load> loads = q.loads().stream()
                .map(load -> new Load(load.metric(), load.mean(), load.max()))
                .toList();
        return SampleCheck.check(
                new ResourceSample(q.resourceId(), owner, q.from(), Duration.ofSeconds(q.seconds()), loads), now);
    }
}
