package dev.matrix.core.api;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Range;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looking after the subscribers of the event log. */
final class EventAdminOperations {

    private static final Instant EXAMPLE_TIME = Instant.parse("2026-11-22T10:15:30Z");

    private final EventLog events;

    EventAdminOperations(EventLog events) {
        this.events = events;
    }

    record FailureSearch(
            @Length(min = 1, max = 64) String subscriber,
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable @Length(max = Cursors.LONGEST) String cursor) {}

    record FailureId(String subscriber, String eventId) {}

    record FailureSkip(
            String subscriber,
            String eventId,
            @Length(min = 1, max = 256) String reason) {}

    @Describe("An event that a subscriber couldn't handle.")
    @ApiName("EventFailure")
    record FailureView(
            String subscriber,
            String eventId,
            int attempts,
            @Length(max = 65_536) String error,
            Instant failedAt) {}

    @Describe("How far a subscriber is.")
    @ApiName("EventSubscriber")
    record SubscriberView(
            String name, long backlog, @Nullable Instant oldest, long failed) {}

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.get(
                                "/v1/event-subscribers",
                                AccountOperations.NoParameters.class,
                                Reply.pageOf(SubscriberView.class))
                        .id("listEventSubscribers")
                        .tag("events")
                        .summary("Lists the subscribers of the event log with their backlogs.")
                        .scope("events:admin")
                        .byOperators()
                        .example(
                                "webhooks",
                                new AccountOperations.NoParameters(),
                                new Page<>(List.of(new SubscriberView("webhooks", 3, EXAMPLE_TIME, 1)), null))
                        .handle((q, context) -> subscribers()),
                Operation.get("/v1/event-failures", FailureSearch.class, Reply.pageOf(FailureView.class))
                        .id("listEventFailures")
                        .tag("events")
                        .summary("Lists the events that a subscriber couldn't handle.")
                        .scope("events:admin")
                        .byOperators()
                        .example(
                                "webhooks",
                                new FailureSearch("webhooks", 20, null),
                                new Page<>(
                                        List.of(new FailureView("webhooks", "evt_1", 12, "timeout", EXAMPLE_TIME)),
                                        null))
                        .handle(this::failures),
                Operation.post("/v1/event-failures/{subscriber}/{eventId}/retries", FailureId.class, Reply.none())
                        .id("retryEventFailure")
                        .tag("events")
                        .summary("Lets a failed event be handled again.")
                        .scope("events:admin")
                        .byOperators()
                        .status(202)
                        .example("webhooks", new FailureId("webhooks", "evt_1"), null)
                        .handle((q, context) -> {
                            events.retry(context.tx(), q.subscriber(), q.eventId());
                            return null;
                        }),
                Operation.post("/v1/event-failures/{subscriber}/{eventId}/skips", FailureSkip.class, Reply.none())
                        .id("skipEventFailure")
                        .tag("events")
                        .summary("Gives a failed event up for good.")
                        .scope("events:admin")
                        .byOperators()
                        .example("webhooks", new FailureSkip("webhooks", "evt_1", "The receiver is gone."), null)
                        .handle((q, context) -> {
                            events.skip(context.tx(), q.subscriber(), q.eventId(), q.reason());
                            return null;
                        }));
    }

    private Page<SubscriberView> subscribers() {
        return new Page<>(
                events.subscribers().stream()
                        .map(s -> new SubscriberView(s.name(), s.backlog(), s.oldest(), s.failed()))
                        .toList(),
                null);
    }

    private Page<FailureView> failures(FailureSearch search, ApiContext context) {
        return events.failures(search.subscriber(), new PageRequest(search.limit(), search.cursor()))
                .map(f -> new FailureView(f.subscriber(), f.eventId(), f.attempts(), f.error(), f.failedAt()));
    }
}
