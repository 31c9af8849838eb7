package dev.matrix.webhooks;

import static dev.matrix.webhooks.RequestRows.START;
import static dev.matrix.webhooks.RequestRows.due;
import static dev.matrix.webhooks.RequestRows.failure;
import static dev.matrix.webhooks.RequestRows.fresh;
import static dev.matrix.webhooks.RequestRows.reply;
import static dev.matrix.webhooks.RequestRows.row;
import static dev.matrix.webhooks.RequestRows.seeded;
import static dev.matrix.webhooks.RequestRows.tried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.TransportException.Kind;
import dev.matrix.webhooks.spi.DeliveryRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeRulesTest {

    private static final RetryPolicy EXACT = RetryPolicy.standard().withJitter(0);
    private static final Instant NOW = START.plusSeconds(10);

    private static OutcomeRules rules(DeliveryRow row) {
        return new OutcomeRules(row, EXACT, NOW, seeded(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    @Tag("W31")
    @Tag("W37")
    void any2xxDelivers(int status) {
        Verdict verdict = rules(tried(4)).judge(reply(status));

        assertThat(verdict.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(verdict.disable()).isNull();
        assertThat(verdict.blockedUntil()).isNull();
        Delivery after = verdict.after();
        assertThat(after.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(after.attempts()).isEqualTo(5);
        assertThat(after.finishedAt()).isEqualTo(NOW);
        assertThat(after.dueAt()).isNull();
        assertThat(after.endReason()).isNull();
        assertThat(after.lastStatus()).isEqualTo(status);
        assertThat(after.lastError()).isNull();
    }

    @Test
    @Tag("W31")
    void a2xxWhoseBodyBreaksOffOrIsCutDelivers() {
        Verdict broken = rules(fresh()).judge(reply(200, Map.of(), HttpReply.End.FAILED));
        Verdict cut = rules(fresh()).judge(reply(200, Map.of(), HttpReply.End.TRUNCATED));

        assertThat(broken.after().state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(broken.after().lastError()).isEqualTo(AttemptError.BODY_READ);
        assertThat(cut.after().state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(cut.after().lastError()).isNull();
    }

    @Test
    @Tag("W31")
    @Tag("C16")
    void a410CancelsAndDisablesTheEndpointAsGone() {
        Verdict verdict = rules(fresh()).judge(reply(410, "Webhook-Delivery", "disable"));

        assertThat(verdict.outcome()).isEqualTo(Outcome.ENDED);
        assertThat(verdict.disable()).isEqualTo(DisabledReason.GONE);
        assertThat(verdict.after().state()).isEqualTo(DeliveryState.CANCELLED);
        assertThat(verdict.after().endReason()).isEqualTo(EndReason.ENDPOINT);
        assertThat(verdict.after().finishedAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 301, 304, 307, 400, 401, 404, 408, 500, 502, 503, 504, 599})
    @Tag("W31")
    @Tag("C16")
    void anyOtherStatusRetriesOnTheScheduleAndTouchesNoEndpoint(int status) {
        Verdict verdict = rules(fresh()).judge(reply(status));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.disable()).isNull();
        assertThat(verdict.blockedUntil()).isNull();
        Delivery after = verdict.after();
        assertThat(after.state()).isEqualTo(DeliveryState.RETRYING);
        assertThat(after.attempts()).isEqualTo(1);
        assertThat(after.deferrals()).isEqualTo(2);
        assertThat(after.dueAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(after.finishedAt()).isNull();
        assertThat(after.lastError()).isEqualTo(status / 100 == 3 ? AttemptError.REDIRECT : AttemptError.STATUS);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Tag("W31")
    void everyNetworkFailureIsNamedAndRetried(Kind kind) {
        Verdict verdict = rules(fresh()).judge(failure(kind));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.after().state()).isEqualTo(DeliveryState.RETRYING);
        assertThat(verdict.after().lastStatus()).isNull();
        assertThat(verdict.after().lastError()).hasToString(kind.name());
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ADDRESS_BLOCKED", "TLS_HOSTNAME"})
    @Tag("W31")
    void whatOnlyAPersonCanMendIsExhaustedAtTheThirdAttempt(Kind kind) {
        assertThat(rules(tried(1)).judge(failure(kind)).after().state()).isEqualTo(DeliveryState.RETRYING);

        Delivery third = rules(tried(2)).judge(failure(kind)).after();
        assertThat(third.state()).isEqualTo(DeliveryState.EXHAUSTED);
        assertThat(third.attempts()).isEqualTo(3);
        assertThat(rules(tried(2)).judge(failure(Kind.TLS)).after().state()).isEqualTo(DeliveryState.RETRYING);
    }

    @Test
    @Tag("W31")
    void aShorterScheduleThanThreeAttemptsHoldsForThoseToo() {
        RetryPolicy two = RetryPolicy.exponential(Duration.ofSeconds(1), 2, Duration.ofSeconds(9), 2);

        Verdict verdict = new OutcomeRules(tried(1), two, NOW, seeded(7)).judge(failure(Kind.ADDRESS_BLOCKED));

        assertThat(verdict.after().state()).isEqualTo(DeliveryState.EXHAUSTED);
    }

    @Test
    @Tag("W32")
    @Tag("W37")
    void theLastAttemptExhausts() {
        assertThat(rules(tried(8)).judge(reply(500)).after().dueAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));

        Delivery after = rules(tried(9)).judge(reply(500)).after();
        assertThat(after.state()).isEqualTo(DeliveryState.EXHAUSTED);
        assertThat(after.attempts()).isEqualTo(10);
        assertThat(after.dueAt()).isNull();
        assertThat(after.finishedAt()).isEqualTo(NOW);
        assertThat(after.endReason()).isNull();
    }

    @Test
    @Tag("W32")
    void aTimeoutWaitsAMinuteAtLeast() {
        assertThat(due(rules(fresh()).judge(failure(Kind.TIMEOUT)))).isEqualTo(NOW.plusSeconds(60));
        assertThat(due(rules(tried(1)).judge(failure(Kind.TIMEOUT)))).isEqualTo(NOW.plusSeconds(300));
        assertThat(due(rules(fresh()).judge(failure(Kind.CONNECT)))).isEqualTo(NOW.plusSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    @Tag("W33")
    @Tag("W34")
    void retryAfterThrottlesTheDeliveryAndItsEndpoint(int status) {
        Verdict verdict = rules(tried(1)).judge(reply(status, "Retry-After", "400"));

        assertThat(verdict.outcome()).isEqualTo(Outcome.THROTTLED);
        assertThat(verdict.after().state()).isEqualTo(DeliveryState.RETRYING);
        assertThat(verdict.after().attempts()).isEqualTo(1);
        assertThat(verdict.after().deferrals()).isEqualTo(3);
        assertThat(verdict.after().dueAt()).isEqualTo(NOW.plusSeconds(400));
        assertThat(verdict.blockedUntil()).isEqualTo(NOW.plusSeconds(400));
    }

    @Test
    @Tag("W33")
    void theEndpointWaitsASecondAtLeastAndAnHourAtMost() {
        Verdict day = rules(fresh()).judge(reply(429, "Retry-After", "86400"));
        assertThat(day.blockedUntil()).isEqualTo(NOW.plus(Duration.ofHours(1)));

        Verdict zero = rules(fresh()).judge(reply(503, "Retry-After", "0"));
        assertThat(zero.outcome()).isEqualTo(Outcome.THROTTLED);
        assertThat(zero.blockedUntil()).isEqualTo(NOW.plusSeconds(1));
        assertThat(zero.after().dueAt()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    @Tag("W33")
    void retryAfterMayDoubleALongDelayButNotMore() {
        assertThat(due(rules(tried(4)).judge(reply(429, "Retry-After", "999999"))))
                .isEqualTo(NOW.plus(Duration.ofHours(10)));
        assertThat(due(rules(tried(4)).judge(reply(429, "Retry-After", "1")))).isEqualTo(NOW.plus(Duration.ofHours(5)));
    }

    @Test
    @Tag("W33")
    void retryAfterOnAnotherStatusIsPassedOver() {
        Verdict verdict = rules(fresh()).judge(reply(500, "Retry-After", "400"));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.after().dueAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(verdict.blockedUntil()).isNull();
    }

    @Test
    @Tag("W34")
    void throttlingCountsFromTheDeferralLimitOn() {
        Instant limit = START.plus(Duration.ofDays(3));

        Verdict before = new OutcomeRules(tried(1), EXACT, limit.minusNanos(1), seeded(7)).judge(reply(429));
        Verdict at = new OutcomeRules(tried(1), EXACT, limit, seeded(7)).judge(reply(429, "Retry-After", "400"));
        Verdict last = new OutcomeRules(tried(9), EXACT, limit, seeded(7)).judge(reply(429, "Retry-After", "400"));

        assertThat(before.outcome()).isEqualTo(Outcome.THROTTLED);
        assertThat(before.after().attempts()).isEqualTo(1);
        assertThat(at.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(at.after().attempts()).isEqualTo(2);
        assertThat(at.after().deferrals()).isEqualTo(2);
        assertThat(at.after().dueAt()).isEqualTo(limit.plusSeconds(400));
        assertThat(last.after().state()).isEqualTo(DeliveryState.EXHAUSTED);
        assertThat(last.blockedUntil()).isEqualTo(limit.plusSeconds(400));
    }

    @Test
    @Tag("W34")
    void theLastAttemptMayBeDeferredToo() {
        Verdict verdict = rules(tried(9)).judge(reply(429));

        assertThat(verdict.after().state()).isEqualTo(DeliveryState.RETRYING);
        assertThat(verdict.after().dueAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    @Tag("W35")
    void aReceiverDisablesItsEndpointOnAnyStatus() {
        Verdict good = rules(fresh()).judge(reply(204, "webhook-delivery", " Disable "));
        assertThat(good.disable()).isEqualTo(DisabledReason.RECEIVER_REQUEST);
        assertThat(good.after().state()).isEqualTo(DeliveryState.DELIVERED);

        Verdict bad = rules(fresh()).judge(reply(500, "Webhook-Delivery", "disable"));
        assertThat(bad.outcome()).isEqualTo(Outcome.ENDED);
        assertThat(bad.disable()).isEqualTo(DisabledReason.RECEIVER_REQUEST);
        assertThat(bad.after().state()).isEqualTo(DeliveryState.CANCELLED);
        assertThat(bad.after().endReason()).isEqualTo(EndReason.ENDPOINT);
    }

    @Test
    @Tag("W35")
    void aReceiverAbortsAMessageUnlessItTookIt() {
        Verdict refused = rules(fresh()).judge(reply(429, "webhook-delivery", "abort-message"));
        assertThat(refused.outcome()).isEqualTo(Outcome.ENDED);
        assertThat(refused.disable()).isNull();
        assertThat(refused.after().state()).isEqualTo(DeliveryState.CANCELLED);
        assertThat(refused.after().endReason()).isEqualTo(EndReason.RECEIVER_REQUEST);

        Verdict taken = rules(fresh()).judge(reply(200, "webhook-delivery", "abort-message"));
        assertThat(taken.after().state()).isEqualTo(DeliveryState.DELIVERED);

        Verdict unknown = rules(fresh()).judge(reply(500, "webhook-delivery", "pause"));
        assertThat(unknown.after().state()).isEqualTo(DeliveryState.RETRYING);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500})
    @Tag("W41")
    void aTestEventIsSentOnce(int status) {
        DeliveryRow test = row(DeliveryState.QUEUED, Trigger.TEST, 0);

        assertThat(rules(test).judge(reply(status)).after().state()).isEqualTo(DeliveryState.EXHAUSTED);
    }

    @Test
    @Tag("W37")
    void nothingElseOfTheDeliveryChanges() {
        Delivery before = tried(1).delivery();
        Delivery after = rules(tried(1)).judge(reply(500)).after();

        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("attempts", "dueAt", "lastStatus", "lastError")
                .isEqualTo(before);
        assertThat(after.version()).isEqualTo(3);
    }

    @Test
    @Tag("W37")
    void aDeliveryThatIsOverIsNotJudged() {
        OutcomeRules rules = rules(row(DeliveryState.CANCELLED, Trigger.EVENT, 1));

        assertThatThrownBy(() -> rules.judge(reply(200)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("whd_1")
                .hasMessageContaining("CANCELLED");
    }
}
