package dev.matrix.webhooks;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.StorableText;
import dev.matrix.core.event.EventPattern;
import dev.matrix.webhooks.signing.SignatureScheme;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an endpoint is set to, except for whose it is and what is secret: the form that is stored. */
record EndpointSettings(
        URI url,
        List<String> events,
        @Nullable String filter,
        List<SignatureScheme> schemes,
        Duration timeout,
        int maxInFlight,
        @Nullable RateLimit rateLimit,
        Ordering ordering,
        BodyStyle body,
        RetryPolicy retry,
        @Nullable String description,
        Map<String, String> metadata) {

    private static final int MOST_EVENTS = 100;
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int LARGEST_IN_FLIGHT = 256;
    private static final int LONGEST_DESCRIPTION = 500;
    private static final int MOST_METADATA = 20;
    private static final int LONGEST_METADATA = 500;

    EndpointSettings {
        events = List.copyOf(events);
        events.forEach(EventPattern::new);
        if (events.size() > MOST_EVENTS) {
            throw new InvalidRequestException(
                    "An endpoint has at most " + MOST_EVENTS + " event patterns; " + events.size() + " were given.");
        }
        schemes = List.copyOf(new TreeSet<>(schemes));
        if (schemes.isEmpty()) {
            throw new InvalidRequestException("An endpoint is signed with at least one scheme, such as STANDARD_V1.");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new InvalidRequestException("An endpoint's timeout is 1 to 30 s; " + timeout + " is not.");
        }
        if (maxInFlight < 1 || maxInFlight > LARGEST_IN_FLIGHT) {
            throw new InvalidRequestException(
                    "An endpoint has 1 to " + LARGEST_IN_FLIGHT + " requests in flight; " + maxInFlight + " is not.");
        }
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw new InvalidRequestException("A description has at most " + LONGEST_DESCRIPTION
                    + " characters; this has " + description.length() + ".");
        }
        metadata = Map.copyOf(metadata);
        if (metadata.size() > MOST_METADATA
                || metadata.entrySet().stream()
                        .anyMatch(
                                pair -> pair.getKey().length() + pair.getValue().length() > LONGEST_METADATA)) {
            throw new InvalidRequestException("Metadata is at most " + MOST_METADATA + " pairs of at most "
                    + LONGEST_METADATA + " characters each.");
        }
        if (description != null) {
            StorableText.require(description, "An endpoint's description");
        }
        metadata.forEach((key, value) -> StorableText.require(key + value, "An endpoint's metadata"));
    }

    static EndpointSettings defaults(URI url) {
        return new EndpointSettings(
                url,
                List.of(),
                null,
                List.of(SignatureScheme.STANDARD_V1),
                Duration.ofSeconds(15),
                64,
                null,
                Ordering.UNORDERED,
                BodyStyle.FULL,
                RetryPolicy.standard(),
                null,
                Map.of());
    }

    /** These settings with some changed. */
    EndpointSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings in the making; lives for one {@link #with} only. */
    static final class Draft {

        URI url;
        List<String> events;

        @Nullable
        String filter;

        List<SignatureScheme> schemes;
        Duration timeout;
        int maxInFlight;

        @Nullable
        RateLimit rateLimit;

        Ordering ordering;
        BodyStyle body;
        RetryPolicy retry;

        @Nullable
        String description;

        Map<String, String> metadata;

        private Draft(EndpointSettings s) {
            url = s.url;
            events = s.events;
            filter = s.filter;
            schemes = s.schemes;
            timeout = s.timeout;
            maxInFlight = s.maxInFlight;
            rateLimit = s.rateLimit;
            ordering = s.ordering;
            body = s.body;
            retry = s.retry;
            description = s.description;
            metadata = s.metadata;
        }

        private EndpointSettings settings() {
            return new EndpointSettings(
                    url,
                    events,
                    filter,
                    schemes,
                    timeout,
                    maxInFlight,
                    rateLimit,
                    ordering,
                    body,
                    retry,
                    description,
                    metadata);
        }
    }
}
