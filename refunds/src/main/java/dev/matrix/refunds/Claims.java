package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.RefundLegStore.AttemptRow;
import dev.matrix.refunds.spi.RefundLegStore.LegChange;
import dev.matrix.refunds.spi.RefundLegStore.LegRow;
import dev.matrix.refunds.spi.RefundLegStore.ProviderShare;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Leases legs and notes what is about to be done with them; the caller commits before anything is sent. */
final class Claims {

    private final RefundStores stores;
    private final Forms forms;
    private final Map<String, RefundProvider> providers;
    private final RandomGenerator random;
    private final String node;
    private final Duration lease;

    Claims(
            RefundStores stores,
            Forms forms,
            Map<String, RefundProvider> providers,
            RandomGenerator random,
            String node,
            Duration lease) {
        this.stores = stores;
        this.forms = forms;
        this.providers = providers;
        this.random = random;
        this.node = node;
        this.lease = lease;
    }

    LegRules rules(String provider) {
        RefundProvider known = providers.get(provider);
        return new LegRules(known == null ? ProviderCapabilities.defaults() : known.capabilities(), random);
    }

    List<Task> due(Tx tx, Instant now, List<ProviderShare> shares) {
        List<Task> tasks = new ArrayList<>();
        for (LegRow row : stores.legs().claimDue(tx, now, shares, lease)) {
            tasks.add(begin(tx, forms.leg(row), now));
        }
        return tasks;
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

    private Task begin(Tx tx, Leg leg, Instant now) {
        RefundProvider provider = Objects.requireNonNull(providers.get(leg.row().provider()));
        LegRules rules = rules(provider.name());
        Task.Kind kind = Task.Kind.LOOKUP;
        Leg begun = leg;
        LegDocument document = leg.document();
        boolean again = leg.status() == LegStatus.UNKNOWN
                && document.resubmit()
                && rules.isYoung(document.firstAttemptAt(), now);
        if (leg.status() == LegStatus.QUEUED || again) {
            begun = attempt(tx, leg, now);
            kind = Task.Kind.SUBMIT;
        } else if (leg.status() == LegStatus.SUBMITTING) {
            LegDocument doubtful = rules.abandoned(leg, now).document();
            begun = write(tx, leg, LegStatus.UNKNOWN, doubtful);
        } else if (document.cancelRequested() && provider.capabilities().cancellable()) {
            kind = Task.Kind.CANCEL;
        }
        RefundRow refund = stores.refund(tx, leg.row().refundId());
        Capture capture = forms.document(stores.payment(tx, leg.row().paymentId())).captures().stream()
                .filter(one -> one.id().equals(leg.row().captureId()))
                .findFirst()
                .orElseThrow(() -> new ConflictException("The capture of leg " + leg.id() + " is not stored."));
        return new Task(begun, kind, provider, forms.document(refund).request(), capture, refund.id());
    }

    private Leg attempt(Tx tx, Leg leg, Instant now) {
        LegDocument.Edit next = leg.document().edit();
        next.attempts++;
        next.resubmit = false;
        next.firstAttemptAt = next.firstAttemptAt == null ? now : next.firstAttemptAt;
        next.since = now;
        stores.legs()
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
        return forms.leg(new LegRow(
                row.id(),
                row.refundId(),
                row.paymentId(),
                row.owner(),
                row.captureId(),
                row.provider(),
                row.currency(),
                row.amount(),
                row.tax(),
                change.status(),
                row.providerRef(),
                row.nextAt(),
                row.leaseUntil(),
                row.fence(),
                row.serial(),
                change.document()));
    }
}
