package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.Patch;
import dev.matrix.webhooks.WebhookRequests.CreateWebhook;
import dev.matrix.webhooks.WebhookRequests.DeliveryId;
import dev.matrix.webhooks.WebhookRequests.GetStats;
import dev.matrix.webhooks.WebhookRequests.ListAttempts;
import dev.matrix.webhooks.WebhookRequests.ListDeliveries;
import dev.matrix.webhooks.WebhookRequests.RecoveryId;
import dev.matrix.webhooks.WebhookRequests.RotateSecret;
import dev.matrix.webhooks.WebhookRequests.SendTest;
import dev.matrix.webhooks.WebhookRequests.StartRecovery;
import dev.matrix.webhooks.WebhookRequests.UpdateWebhook;
import dev.matrix.webhooks.WebhookRequests.WebhookId;
import dev.matrix.webhooks.WebhookViews.BodyEncoding;
import dev.matrix.webhooks.WebhookViews.Webhook;
import dev.matrix.webhooks.WebhookViews.WebhookAttempt;
import dev.matrix.webhooks.WebhookViews.WebhookCounts;
import dev.matrix.webhooks.WebhookViews.WebhookDelivery;
import dev.matrix.webhooks.WebhookViews.WebhookFailures;
import dev.matrix.webhooks.WebhookViews.WebhookJwk;
import dev.matrix.webhooks.WebhookViews.WebhookJwkSet;
import dev.matrix.webhooks.WebhookViews.WebhookKey;
import dev.matrix.webhooks.WebhookViews.WebhookRecovery;
import dev.matrix.webhooks.WebhookViews.WebhookRecoveryCounts;
import dev.matrix.webhooks.WebhookViews.WebhookRotation;
import dev.matrix.webhooks.WebhookViews.WebhookStats;
import dev.matrix.webhooks.WebhookViews.WebhookTiming;
import dev.matrix.webhooks.signing.SignatureScheme;
import dev.matrix.webhooks.signing.SigningKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One endpoint's story, told in the examples of the operations. */
final class WebhookExamples {

    private static final Instant AT = Instant.parse("2026-11-02T09:30:00Z");
    private static final String WEBHOOK_ID = "whe_01kdvdna009xkjgcjvmb5kf650";
    private static final String DELIVERY = "whd_01kdvdna009xkjgcjvmb5kf654";
    private static final String KEY = "whk_01kdvdna009xkjgcjvmb5kf651";
    private static final String NEWER_KEY = "whk_01kdvf0q4v3m8e6z1n7rwy5h2c";
    private static final URI URL = URI.create("https://customer.example.com/hooks");

    private WebhookExamples() {}

    static final CreateWebhook CREATE = new CreateWebhook(
            Owner.user("u_42"),
            URL,
            List.of("payment.*", "sla.breached"),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            "billing system",
            null);

    static final Webhook CREATED = webhook(EndpointStatus.ACTIVE, 1, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    static final Webhook WEBHOOK = webhook(EndpointStatus.ACTIVE, 1, null);
    static final Webhook PAUSED = webhook(EndpointStatus.PAUSED, 2, null);
    static final WebhookId ID = new WebhookId(WEBHOOK_ID);

    private static Webhook webhook(EndpointStatus status, long version, @Nullable String secret) {
        return new Webhook(
                WEBHOOK_ID,
                Owner.user("u_42"),
                URL,
                List.of("payment.*", "sla.breached"),
                null,
                List.of(SignatureScheme.STANDARD_V1),
                Duration.ofSeconds(15),
                64,
                null,
                Ordering.UNORDERED,
                BodyStyle.FULL,
                RetryPolicy.standard(),
                List.of(),
                "billing system",
                Map.of(),
                status,
                null,
                version,
                List.of(KEY),
                null,
                AT,
                secret);
    }

    static final UpdateWebhook PAUSE = new UpdateWebhook(
            WEBHOOK_ID,
            Patch.keep(),
            Patch.keep(),
            Patch.keep(),
            Patch.keep(),
            Patch.keep(),
            Patch.keep(),
            Patch.keep(),
            Patch.keep(),
            Patch.keep(),
            Patch.keep(),
            Patch.keep(),
            Patch.keep(),
            Patch.keep(),
            Patch.set(EndpointStatus.PAUSED));

    static final GetStats GET_STATS = new GetStats(WEBHOOK_ID, Duration.ofDays(1));
    static final WebhookStats STATS = new WebhookStats(
            AT.minus(Duration.ofDays(1)),
            AT,
            new WebhookCounts(0, 1, 1_180, 3, 0, 0),
            1_215,
            1_180 / 1_183.0,
            List.of(new WebhookFailures(AttemptError.STATUS, 4)),
            AT.minusSeconds(90),
            Duration.ofMillis(84),
            Duration.ofMillis(310),
            Duration.ofMillis(920));

    static final WebhookJwkSet JWK_SET = new WebhookJwkSet(List.of(new WebhookJwk(
            "OKP",
            "Ed25519",
            "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            KEY,
            "sig",
            "EdDSA",
            "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")));

    static final RotateSecret ROTATE = new RotateSecret(WEBHOOK_ID, 86_400, null, false);
    static final WebhookRotation ROTATION = new WebhookRotation(
            "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDMfKQ9r8GKYo=",
            List.of(
                    new WebhookKey(NEWER_KEY, SigningKey.Kind.SECRET, null),
                    new WebhookKey(KEY, SigningKey.Kind.SECRET, AT.plus(Duration.ofDays(1)))));

    static final SendTest SEND_TEST = new SendTest(WEBHOOK_ID, "payment.succeeded");
    static final WebhookDelivery TEST =
            delivery("test_01kdvdna009xkjgcjvmb5kf653", DeliveryState.QUEUED, Trigger.TEST, 0);

    static final StartRecovery START_RECOVERY =
            new StartRecovery(WEBHOOK_ID, AT.minus(Duration.ofHours(3)), AT, RecoveryRequest.Include.FAILED);
    static final WebhookRecovery RECOVERY = new WebhookRecovery(
            "whr_01kdvdna009xkjgcjvmb5kf65a",
            WEBHOOK_ID,
            Recovery.State.RUNNING,
            RecoveryRequest.Include.FAILED,
            AT.minus(Duration.ofHours(3)),
            AT,
            new WebhookRecoveryCounts(0, 0),
            AT,
            null);
    static final RecoveryId RECOVERY_ID = new RecoveryId(WEBHOOK_ID, "whr_01kdvdna009xkjgcjvmb5kf65a");

    static final ListDeliveries LIST_DELIVERIES =
            new ListDeliveries(WEBHOOK_ID, DeliveryState.EXHAUSTED, "payment.succeeded", null, null, 20, null);
    static final DeliveryId DELIVERY_ID = new DeliveryId(DELIVERY);
    static final WebhookDelivery EXHAUSTED = delivery(DeliveryState.EXHAUSTED, Trigger.EVENT, 10);
    static final WebhookDelivery RETRIED = delivery(DeliveryState.QUEUED, Trigger.MANUAL, 0);
    static final WebhookDelivery CANCELLED = delivery(DeliveryState.CANCELLED, Trigger.EVENT, 2);

    private static WebhookDelivery delivery(DeliveryState state, Trigger trigger, int attempts) {
        return delivery("evt_01kdvdna009xkjgcjvmb5kf653", state, trigger, attempts);
    }

    private static WebhookDelivery delivery(String eventId, DeliveryState state, Trigger trigger, int attempts) {
        boolean tried = attempts > 0;
        return new WebhookDelivery(
                DELIVERY,
                WEBHOOK_ID,
                eventId,
                "payment.succeeded",
                "pay_1",
                state,
                trigger,
                attempts,
                0,
                AT,
                null,
                state.isOpen() ? null : AT.plus(Duration.ofHours(76)),
                state == DeliveryState.CANCELLED ? EndReason.MANUAL : null,
                tried ? 503 : null,
                tried ? AttemptError.STATUS : null);
    }

    static final ListAttempts LIST_ATTEMPTS = new ListAttempts(DELIVERY, 20, null);
    static final WebhookAttempt ATTEMPT = new WebhookAttempt(
            "wha_01kdvdna009xkjgcjvmb5kf65b",
            DELIVERY,
            1,
            AT,
            Outcome.FAILED,
            503,
            AttemptError.STATUS,
            URL.toString(),
            List.of(KEY),
            "203.0.113.7",
            Map.of("content-type", List.of("text/plain")),
            "busy",
            BodyEncoding.UTF8,
            false,
            false,
            new WebhookTiming(1_200, 14_000, 21_000, 48_000, 85_000));
}
