package dev.matrix.refunds;

import dev.matrix.core.spi.Step;
import dev.matrix.refunds.spi.RefundSecretStore.Kind;
import java.time.Duration;
import java.time.Instant;

/** Deletes what has been kept long enough: attempts after 400 days, notifications after 30, evidence after 540. */
record Retention(RefundStores stores) implements Step {

    private static final Duration ATTEMPTS = Duration.ofDays(400);
    private static final Duration EVIDENCE = Duration.ofDays(540);
    private static final Duration EVERY = Duration.ofHours(6);
    private static final int BATCH = 500;

    @Override
    public String name() {
        return "refunds.retention";
    }

    @Override
    public Instant run(Instant now) {
        int most = stores.transactions().<Integer>returning(tx -> {
            int attempts = stores.attempts().forgetAttempts(tx, now.minus(ATTEMPTS), BATCH);
            int notifications = stores.notifications().forget(tx, now.minus(Inbox.KEPT), BATCH);
            int evidence = stores.secrets().forget(tx, Kind.EVIDENCE, now.minus(EVIDENCE), BATCH);
            return Math.max(attempts, Math.max(notifications, evidence));
        });
        return most == BATCH ? now : now.plus(EVERY);
    }
}
