package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Secret;
import dev.matrix.core.wire.Size;
import dev.matrix.webhooks.signing.PublicKey;
import dev.matrix.webhooks.signing.SignatureScheme;
import dev.matrix.webhooks.signing.SigningKey;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What callers get. */
final class WebhookViews {

    private WebhookViews() {}

    /** An endpoint. */
    record Webhook(
            String id,
            Owner owner,
            URI url,
            List<String> events,
            @Nullable Json filter,
            List<SignatureScheme> schemes,
            Duration timeout,
            int maxInFlight,
            @Nullable RateLimit rateLimit,
            Ordering ordering,
            BodyStyle body,
            RetryPolicy retry,
            List<String> headerNames,

            @Length(max = 500) @Nullable String description,

            @Length(max = 500) Map<String, String> metadata,
            EndpointStatus status,
            @Nullable DisabledReason disabledReason,
            long version,
            List<String> keyIds,
            @Nullable Instant failingSince,
            Instant createdAt,

            @Describe("The signing secret: in the reply to its creation alone, null ever after.") @Secret @Nullable
            String secret) {

        /** Shows no secret. */
        @Override
        public String toString() {
            return "Webhook[" + id + "]";
        }

        static Webhook of(EndpointView view, @Nullable String secret, JsonCodec json) {
            String filter = view.filter();
            return new Webhook(
                    view.id(),
                    view.owner(),
                    view.url(),
                    view.events(),
                    filter == null ? null : json.parse(filter.getBytes(StandardCharsets.UTF_8)),
                    view.schemes(),
                    view.timeout(),
                    view.maxInFlight(),
                    view.rateLimit(),
                    view.ordering(),
                    view.body(),
                    view.retry(),
                    view.headerNames(),
                    view.description(),
                    view.metadata(),
                    view.status(),
                    view.disabledReason(),
                    view.version(),
                    view.keyIds(),
                    view.failingSince(),
                    view.createdAt(),
                    secret);
        }
    }

    /** One event on its way to one endpoint. */
    record WebhookDelivery(
            String id,
            String webhookId,
            String eventId,
            String eventType,
            @Length(max = 1 << 20) String subject,
            DeliveryState state,
            Trigger trigger,
            int attempts,
            int deferrals,
            Instant createdAt,
            @Nullable Instant dueAt,
            @Nullable Instant finishedAt,
            @Nullable EndReason endReason,
            @Nullable Integer lastStatus,
            @Nullable AttemptError lastError) {

        static WebhookDelivery of(Delivery d) {
            return new WebhookDelivery(
                    d.id(),
                    d.endpointId(),
                    d.eventId(),
                    d.type(),
                    d.subject(),
                    d.state(),
                    d.trigger(),
                    d.attempts(),
                    d.deferrals(),
                    d.createdAt(),
                    d.dueAt(),
                    d.finishedAt(),
                    d.endReason(),
                    d.lastStatus(),
                    d.lastError());
        }
    }

    /** How a reply's body is written. */
    enum BodyEncoding {
        UTF8,
        BASE64
    }

    /** Where a request's time went, in microseconds. */
    record WebhookTiming(long dns, long connect, long tls, long firstByte, long total) {}

    /** One request. */
    record WebhookAttempt(
            String id,
            String deliveryId,
            int number,
            Instant startedAt,
            Outcome outcome,
            @Nullable Integer status,
            @Nullable AttemptError error,
            @Length(max = 2_048) String url,
            List<String> keyIds,
            @Nullable String remoteAddress,
            @Size(max = 10_000) @Length(max = 1 << 20) Map<String, List<String>> replyHeaders,

            @Length(max = 1 << 20) String replyBody,

            @Describe("utf8: replyBody is the text itself; base64: the bytes are no UTF-8.")
            BodyEncoding encoding,

            boolean truncated,

            @Describe("Whether it changed nothing, as it ended too late.")
            boolean late,

            WebhookTiming timing) {

        static WebhookAttempt of(Attempt a) {
            String text = text(a.replyBody());
            return new WebhookAttempt(
                    a.id(),
                    a.deliveryId(),
                    a.number(),
                    a.startedAt(),
                    a.outcome(),
                    a.status(),
                    a.error(),
                    a.url(),
                    a.keyIds(),
                    a.remoteAddress(),
                    a.replyHeaders(),
                    text == null ? Base64.getEncoder().encodeToString(a.replyBody()) : text,
                    text == null ? BodyEncoding.BASE64 : BodyEncoding.UTF8,
                    a.truncated(),
                    a.late(),
                    new WebhookTiming(
                            micros(a.timing().dns()),
                            micros(a.timing().connect()),
                            micros(a.timing().tls()),
                            micros(a.timing().firstByte()),
                            micros(a.timing().total())));
        }

        private static long micros(Duration duration) {
            return duration.toNanos() / 1_000;
        }

        /** Null where the bytes are no UTF-8. */
        private static @Nullable String text(byte[] body) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(body))
                        .toString();
            } catch (CharacterCodingException e) {
                return null;
            }
        }
    }

    /** How many deliveries stand in each state. */
    record WebhookCounts(long queued, long retrying, long delivered, long exhausted, long cancelled, long expired) {}

    /** Deliveries whose last request failed so. */
    record WebhookFailures(AttemptError error, long deliveries) {}

    /** How an endpoint has done. */
    record WebhookStats(
            Instant since,
            Instant until,
            WebhookCounts deliveries,
            long requests,

            @Describe("Of those delivered or exhausted, the share delivered, 0 to 1; null if there are none.") @Nullable
            Double successRate,

            List<WebhookFailures> failures,
            @Nullable Instant oldestOpenAt,
            @Nullable Duration latencyP50,
            @Nullable Duration latencyP95,
            @Nullable Duration latencyP99) {

        static WebhookStats of(EndpointStats s) {
            EndpointStats.Latency latency = s.latency();
            return new WebhookStats(
                    s.since(),
                    s.until(),
                    new WebhookCounts(
                            s.count(DeliveryState.QUEUED),
                            s.count(DeliveryState.RETRYING),
                            s.count(DeliveryState.DELIVERED),
                            s.count(DeliveryState.EXHAUSTED),
                            s.count(DeliveryState.CANCELLED),
                            s.count(DeliveryState.EXPIRED)),
                    s.requests(),
                    s.successRate().isPresent() ? s.successRate().getAsDouble() : null,
                    s.failures().entrySet().stream()
                            .map(failure -> new WebhookFailures(failure.getKey(), failure.getValue()))
                            .sorted(Comparator.comparing(WebhookFailures::error))
                            .toList(),
                    s.oldestOpenAt(),
                    latency == null ? null : latency.p50(),
                    latency == null ? null : latency.p95(),
                    latency == null ? null : latency.p99());
        }
    }

    /** A public key as a JWK (RFC 7517, RFC 8037), with its Standard Webhooks form. */
    record WebhookJwk(String kty, String crv, String x, String kid, String use, String alg, String whpk) {

        static WebhookJwk of(PublicKey key) {
            Map<String, String> jwk = key.jwk();
            return new WebhookJwk(
                    jwk.getOrDefault("kty", ""),
                    jwk.getOrDefault("crv", ""),
                    jwk.getOrDefault("x", ""),
                    jwk.getOrDefault("kid", ""),
                    jwk.getOrDefault("use", ""),
                    jwk.getOrDefault("alg", ""),
                    key.whpk());
        }
    }

    /** A JWK set, newest key first. */
    record WebhookJwkSet(List<WebhookJwk> keys) {}

    /** A key that signs. */
    record WebhookKey(
            String id, SigningKey.Kind kind, @Nullable Instant expiresAt) {}

    /** What a rotation led to. */
    record WebhookRotation(
            @Describe("The new shared secret, shown this once; null where the key pair was rotated.") @Secret @Nullable
            String secret,

            List<WebhookKey> keys) {

        /** Shows no secret. */
        @Override
        public String toString() {
            return "WebhookRotation[" + keys + "]";
        }

        static WebhookRotation of(Rotation rotation) {
            return new WebhookRotation(
                    rotation.secret(),
                    rotation.keys().stream()
                            .map(key -> new WebhookKey(key.id(), key.kind(), key.expiresAt()))
                            .toList());
        }
    }

    /** What a recovery has done. */
    record WebhookRecoveryCounts(long requeued, long added) {}

    /** A recovery. */
    record WebhookRecovery(
            String id,
            String webhookId,
            Recovery.State state,
            RecoveryRequest.Include include,
            Instant since,
            Instant until,
            WebhookRecoveryCounts counts,
            Instant createdAt,
            @Nullable Instant finishedAt) {

        static WebhookRecovery of(Recovery r) {
            return new WebhookRecovery(
                    r.id(),
                    r.endpointId(),
                    r.state(),
                    r.include(),
                    r.since(),
                    r.until(),
                    new WebhookRecoveryCounts(r.requeued(), r.added()),
                    r.createdAt(),
                    r.finishedAt());
        }
    }
}
