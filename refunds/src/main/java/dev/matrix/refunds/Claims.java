package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.StorageException;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.RefundAttemptStore.AttemptRow;
import dev.matrix.refunds.spi.RefundLegStore.LegChange;
import dev.matrix.refunds.spi.RefundLegStore.LegRow;
import dev.matrix.refunds.spi.RefundLegStore.ProviderShare;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundSecretStore;
import dev.matrix.refunds.spi.RefundSecretStore.SecretRow;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases legs and notes what is about to be done with them; the caller commits before anything is sent. */
final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
    private static final Duration REST = Duration.ofHours(1);

    private final RefundStores stores;
    private final Forms forms;
    private final Map<String, RefundProvider> providers;
    private final RandomGenerator random;
    private final String node;
    private final Duration lease;
    private final boolean rekeys;

    Claims(
            RefundStores stores,
            Forms forms,
            Map<String, RefundProvider> providers,
            RandomGenerator random,
            String node,
            Duration lease,
            boolean rekeys) {
        this.stores = stores;
        this.forms = forms;
        this.providers = providers;
        this.random = random;
        this.node = node;
        this.lease = lease;
        this.rekeys = rekeys;
    }

    LegRules rules(String provider) {
        RefundProvider known = providers.get(provider);
        return new LegRules(known == null ? ProviderCapabilities.defaults() : known.capabilities(), random, rekeys);
    }

    List<Task> due(Tx tx, Instant now, List<ProviderShare> shares) {
        List<Task> tasks = new ArrayList<>();
        for (LegRow row : stores.legs().claimDue(tx, now, shares, lease)) {
            task(tx, row, now).ifPresent(tasks::add);
        }
        return tasks;
    }

    /** What to do about a claimed leg; empty, and it rests, where this version can't read it: it must hold up no other. */
    private Optional<Task> task(Tx tx, LegRow row, Instant now) {
        try {
            return Optional.of(begin(tx, forms.leg(row), now));
        } catch (StorageException failed) {
            throw failed;
        } catch (RuntimeException unreadable) {
            LOG.warn("Leg {} can't be read by this version; it rests for an hour.", row.id(), unreadable);
            LegChange rest =
                    new LegChange(row.id(), row.status(), row.providerRef(), now.plus(REST), null, row.document());
            stores.legs().settle(tx, rest, row.fence());
            return Optional.empty();
        }
    }

    /** One leg, due or not; empty where a lease runs, it is over, or this node doesn't have its provider. */
    Optional<Task> one(Tx tx, Leg leg, Instant now) {
        RefundProvider provider = providers.get(leg.row().provider());
        boolean wanted = leg.status().isOpen()
                || (leg.status() == LegStatus.SUCCEEDED
                        && provider != null
                        && provider.capabilities().lateFailure());
        return provider == null || !wanted
                ? Optional.empty()
                : stores.legs().claim(tx, leg.id(), now, lease).map(row -> begin(tx, forms.leg(row), now));
    }

    /** Reads all that it needs before it writes. */
    private Task begin(Tx tx, Leg leg, Instant now) {
        RefundProvider provider = Objects.requireNonNull(providers.get(leg.row().provider()));
        RefundRow refund = stores.refund(tx, leg.row().refundId());
        RefundRequest request = forms.document(refund).request();
        Capture capture = forms.capture(
                stores.payment(tx, leg.row().paymentId()), leg.row().captureId());
        LegRules rules = rules(provider.name());
        LegDocument document = leg.document();
        boolean again = leg.status() == LegStatus.UNKNOWN
                && document.resubmit()
                && rules.isYoung(document.firstAttemptAt(), now);
        if (leg.status() == LegStatus.QUEUED || again || rules.isSentAgain(leg, now)) {
            List<SecretRow> destination = provider.capabilities().needsDestination()
                    ? stores.secrets().of(tx, RefundSecretStore.Kind.DESTINATION, refund.id())
                    : List.of();
            Leg begun = attempt(tx, leg, now);
            return new Task(begun, Task.Kind.SUBMIT, provider, request, capture, refund.id(), destination);
        }
        Leg begun = leg;
        Task.Kind kind = Task.Kind.LOOKUP;
        if (leg.status() == LegStatus.SUBMITTING) {
            begun = write(tx, leg, LegStatus.UNKNOWN, rules.abandoned(leg, now).document());
        } else if (document.cancelRequested() && provider.capabilities().cancellable()) {
            kind = Task.Kind.CANCEL;
        }
        return new Task(begun, kind, provider, request, capture, refund.id(), List.of());
    }

    private Leg attempt(Tx tx, Leg leg, Instant now) {
        LegDocument.Edit next = leg.document().edit();
        next.attempts++;
        next.resubmit = false;
        // What was accepted before may move money whatever this attempt says.
        next.doubtful = next.doubtful || leg.status() == LegStatus.PENDING || leg.status() == LegStatus.REQUIRES_ACTION;
        next.firstAttemptAt = next.firstAttemptAt == null ? now : next.firstAttemptAt;
        next.since = now;
        stores.attempts()
                .addAttempt(
                        tx,
                        new AttemptRow(leg.id(), next.attempts, leg.document().key(), node, now));
        return write(tx, leg, LegStatus.SUBMITTING, next.done());
    }

    private Leg write(Tx tx, Leg leg, LegStatus status, LegDocument document) {
        LegRow row = leg.row();
        LegChange change = new LegChange(
                row.id(),
                Forms.word(status),
                row.providerRef(),
                row.leaseUntil(),
                row.leaseUntil(),
                forms.text(document));
        if (!stores.legs().settle(tx, change, row.fence())) {
            throw new ConflictException("Leg " + row.id() + " changed while this transaction had claimed it.");
        }
        return forms.leg(row.after(change));
    }
}
