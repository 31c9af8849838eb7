package dev.matrix.refunds;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.refunds.spi.NotificationResult;
import dev.matrix.refunds.spi.NotificationStore.Kind;
import dev.matrix.refunds.spi.NotificationStore.NotificationRow;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes in what providers tell unasked: what a verified notification names is stored once and looked up by {@link Inbox}. */
final class Notifications {

    private static final int MOST_CALLS = 8;
    private static final int MOST_SUBJECTS = 100;
    private static final int LONGEST_EVENT_ID = 255;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RefundStores stores;
    private final Calls calls;
    private final HttpTransport transport;
    private final InstantSource clock;
    private final Map<String, RefundProvider> providers;
    private final Map<String, Semaphore> permits = new HashMap<>();
    private final Consumer<String> wake;

    Notifications(
            RefundStores stores,
            Calls calls,
            HttpTransport transport,
            InstantSource clock,
            Map<String, RefundProvider> providers,
            Consumer<String> wake) {
        this.stores = stores;
        this.calls = calls;
        this.transport = transport;
        this.clock = clock;
        this.providers = providers;
        this.wake = wake;
        providers.keySet().forEach(name -> permits.put(name, new Semaphore(MOST_CALLS)));
    }

    NotificationReceipt receive(String name, InboundNotification notification) {
        RefundProvider provider = providers.get(name);
        Semaphore free = permits.get(name);
        if (provider == null || free == null) {
            throw new NotFoundException("There is no refund provider " + name + " on this node.");
        }
        HttpTransport gated = new GatedTransport(new DeadlineTransport(transport, clock, TIMEOUT), free);
        NotificationResult result = calls.interpret(provider, notification, gated);
        if (result instanceof NotificationResult.Verified verified) {
            return keep(name, verified);
        }
        return result instanceof NotificationResult.Rejected rejected
                ? new NotificationReceipt.Rejected(ProviderTexts.clean(rejected.reason()))
                : new NotificationReceipt.Unverifiable(
                        ProviderTexts.clean(((NotificationResult.Unverifiable) result).cause()));
    }

    private NotificationReceipt keep(String name, NotificationResult.Verified verified) {
        boolean sound = Checks.isText(verified.eventId(), LONGEST_EVENT_ID)
                && verified.subjects().size() <= MOST_SUBJECTS
                && verified.subjects().stream().allMatch(Notifications::isSound);
        if (!sound) {
            return new NotificationReceipt.Rejected("The notification names references that no provider has.");
        }
        List<NotificationRow> rows = rows(name, verified.eventId(), verified.subjects(), clock.instant());
        boolean fresh = stores.transactions()
                .<Boolean>returning(tx -> stores.notifications().insert(tx, rows));
        wake.accept(DisputeStep.name("inbox", name));
        return new NotificationReceipt.Verified(!fresh);
    }

    private static boolean isSound(Subject subject) {
        if (subject instanceof Subject.RefundSubject refund) {
            return isReference(refund.ownReference())
                    && isReference(refund.providerRef())
                    && isReference(refund.captureRef())
                    && (refund.ownReference() != null || refund.providerRef() != null);
        }
        Subject.DisputeSubject dispute = (Subject.DisputeSubject) subject;
        return Checks.isReference(dispute.disputeRef()) && isReference(dispute.captureRef());
    }

    private static boolean isReference(@Nullable String ref) {
        return ref == null || Checks.isReference(ref);
    }

    /** The rows of one notification. */
    static List<NotificationRow> rows(String provider, String eventId, List<? extends Subject> subjects, Instant now) {
        List<NotificationRow> rows = new ArrayList<>();
        for (Subject subject : subjects) {
            rows.add(row(provider, eventId, rows.size(), subject, now));
        }
        return rows.isEmpty()
                ? List.of(new NotificationRow(
                        provider, eventId, 0, Kind.NOTHING, null, null, null, now, null, null, 0, 0))
                : rows;
    }

    private static NotificationRow row(String provider, String eventId, int no, Subject subject, Instant now) {
        if (subject instanceof Subject.RefundSubject refund) {
            String own = refund.ownReference();
            return new NotificationRow(
                    provider,
                    eventId,
                    no,
                    Kind.REFUND,
                    own == null || own.length() > 64 ? null : own,
                    refund.providerRef(),
                    refund.captureRef(),
                    now,
                    now,
                    null,
                    0,
                    0);
        }
        Subject.DisputeSubject dispute = (Subject.DisputeSubject) subject;
        return new NotificationRow(
                provider,
                eventId,
                no,
                Kind.DISPUTE,
                null,
                dispute.disputeRef(),
                dispute.captureRef(),
                now,
                now,
                null,
                0,
                0);
    }
}
