package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.core.json.Json;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Patch;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Secret;
import dev.matrix.core.wire.Size;
import dev.matrix.webhooks.signing.SignatureScheme;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What callers send. */
final class WebhookRequests {

    private WebhookRequests() {}

    /** A new endpoint; what is left out has the defaults of {@link Endpoint}. */
    record CreateWebhook(
            @Nullable Owner owner,

            @Describe("Where requests go: https, with a public address.")
            URI url,

            @Describe("Exact types, families such as payment.*, or * for all but those that must be named.")
            @Size(min = 1, max = 100)
            @Length(min = 1, max = 128)
            List<String> events,

            @Describe("An EventBridge pattern over the body; only events that match it are sent.") @Nullable
            Json filter,

            @Nullable List<SignatureScheme> schemes,

            @Describe("The first signing secret, whsec_ and 24 to 64 bytes in base64; a random one if absent.")
            @Secret
            @Nullable
            String secret,

            @Nullable Duration timeout,

            @Range(min = 1, max = 256) @Nullable Integer maxInFlight,

            @Nullable RateLimit rateLimit,

            @Nullable Ordering ordering,

            @Nullable BodyStyle body,

            @Nullable RetryPolicy retry,

            @Secret @Size(max = 20) @Length(max = 4_096) @Nullable
            Map<String, String> headers,

            @Length(max = 500) @Nullable String description,

            @Size(max = 20) @Nullable Map<String, String> metadata) {

        /** Shows neither secret nor header values. */
        @Override
        public String toString() {
            return "CreateWebhook[" + url + "]";
        }
    }

    /** Changes of an endpoint: what is absent stays. */
    record UpdateWebhook(
            String id,
            Patch<URI> url,

            @Size(min = 1, max = 100) @Length(min = 1, max = 128)
            Patch<List<String>> events,

            Patch<@Nullable Json> filter,
            Patch<List<SignatureScheme>> schemes,
            Patch<Duration> timeout,
            Patch<Integer> maxInFlight,
            Patch<@Nullable RateLimit> rateLimit,
            Patch<Ordering> ordering,
            Patch<BodyStyle> body,
            Patch<RetryPolicy> retry,
            @Secret @Size(max = 20) @Length(max = 4_096) Patch<Map<String, String>> headers,
            @Length(max = 500) Patch<@Nullable String> description,
            @Size(max = 20) @Length(max = 500) Patch<Map<String, String>> metadata,
            Patch<EndpointStatus> status) {

        /** Shows neither secret nor header values. */
        @Override
        public String toString() {
            return "UpdateWebhook[" + id + "]";
        }
    }

    record ListWebhooks(
            @Nullable Owner owner,
            @Nullable EndpointStatus status,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record WebhookId(String id) {}

    record ListDeliveries(
            String id,
            @Nullable DeliveryState state,
            @Nullable String eventType,
            @Nullable Instant since,
            @Nullable Instant until,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record GetStats(
            String id,

            @Describe("1 s to 90 days, up to now.") @Default("PT24H")
            Duration window) {}

    record RotateSecret(
            String id,

            @Describe("How long older keys of the kind go on signing at most; 0 drops them at once.")
            @Default("86400")
            @Range(min = 0, max = 604_800)
            int graceSeconds,

            @Describe("The new key; a random one if absent.") @Secret @Nullable
            String secret,

            @Describe("Whether the Ed25519 key pair is rotated instead of the shared secret.") @Default("false")
            boolean keyPair) {

        /** Shows neither secret nor header values. */
        @Override
        public String toString() {
            return "RotateSecret[" + id + "]";
        }
    }

    record SendTest(
            String id,

            @Describe("The type whose example is sent.") @Length(min = 1, max = 128)
            String eventType) {}

    record StartRecovery(
            String id,
            Instant since,
            @Nullable Instant until,

            @Default("failed") RecoveryRequest.Include include) {}

    record RecoveryId(String id, String recoveryId) {}

    record DeliveryId(String id) {}

    record ListAttempts(
            String id,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}
}
