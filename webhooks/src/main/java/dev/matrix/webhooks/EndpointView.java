package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.webhooks.signing.SignatureScheme;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registered endpoint, without its secrets and header values.
 *
 * @param id {@code whe_…}
 * @param headerNames names of the headers that the host added
 * @param status where it stands
 * @param disabledReason why it is DISABLED; null otherwise
 * @param version raised by each change; hand it to {@link Webhooks#update}
 * @param keyIds the keys that sign its requests, newest first
 * @param failingSince since when no request has succeeded; null while the last one did
 */
public record EndpointView(
        String id,
        Owner owner,
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
        List<String> headerNames,
        @Nullable String description,
        Map<String, String> metadata,
        EndpointStatus status,
        @Nullable DisabledReason disabledReason,
        long version,
        List<String> keyIds,
        @Nullable Instant failingSince,
        Instant createdAt) {}
