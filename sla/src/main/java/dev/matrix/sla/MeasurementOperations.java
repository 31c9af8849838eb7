package dev.matrix.sla;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.sla.SlaRequests.GetMetrics;
import dev.matrix.sla.SlaRequests.ListPortfolio;
import dev.matrix.sla.SlaRequests.RecordMeasurements;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;

/** Operations that take measurements and show where subscriptions stand. */
record MeasurementOperations(StoredSlas slas, SlaArea area) {

    private static final int ACCEPTED = 202;
    private static final int LARGEST = 4 << 20;

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get("/v1/sla/metrics", GetMetrics.class, Reply.json(SlaMetrics.class)),
                                "getSlaMetrics",
                                "Shows where a subscription stands.")
                        .example(
                                "the period to date",
                                new GetMetrics(SlaExamples.SUBSCRIPTION, "current"),
                                SlaExamples.METRICS)
                        .handle(this::metrics),
                area.reading(
                                Operation.get("/v1/sla/portfolio", ListPortfolio.class, Reply.pageOf(SlaMetrics.class)),
                                "listSlaPortfolio",
                                "Shows where many subscriptions stand.")
                        .example(
                                "the pro tier",
                                new ListPortfolio("pro", null, 20, null),
                                new Page<>(List.of(SlaExamples.METRICS), null))
                        .handle(this::portfolio),
                area.measuring(
                                Operation.post(
                                        "/v1/sla/measurements",
                                        RecordMeasurements.class,
                                        Reply.json(BatchResult.class)),
                                "recordSlaMeasurements",
                                "Takes measurements from elsewhere; each batch counts once.")
                        .status(ACCEPTED)
                        .key(KeyMode.OWNED)
                        .maxBody(LARGEST)
                        .example("a request and a minute", SlaExamples.MEASURED, SlaExamples.COUNTED)
                        .handle(this::measure));
    }

    SlaMetrics metrics(GetMetrics q, ApiContext context) {
        return area.view(context).metrics(q.subscriptionId(), window(q.window()));
    }

    private static MetricWindow window(String text) {
        if (text.equals("current")) {
            return MetricWindow.current();
        }
        try {
            return MetricWindow.last(Duration.parse(text));
        } catch (DateTimeParseException e) {
            throw new InvalidRequestException("window is current or a duration such as PT24H.", e);
        }
    }

    Page<SlaMetrics> portfolio(ListPortfolio q, ApiContext context) {
        return area.view(context)
                .portfolio(new PortfolioQuery(q.tier(), q.state()), new PageRequest(q.limit(), q.cursor()));
    }

    BatchResult measure(RecordMeasurements q, ApiContext context) {
        MeasurementBatch batch = new MeasurementBatch(
                q.source(),
                q.batchId(),
                Objects.requireNonNullElse(q.requests(), List.of()),
                Objects.requireNonNullElse(q.minutes(), List.of()));
        return slas.remote().add(context.tx(), context.principal().owner().toString(), batch);
    }
}
