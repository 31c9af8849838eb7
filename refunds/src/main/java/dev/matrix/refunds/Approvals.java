package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.RefundLegStore.LegChange;
import dev.matrix.refunds.spi.RefundLegStore.LegRow;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people decide about refunds: approvals, rejections, cancellations, resolutions; and what time decides in their place. */
final class Approvals {

    private final RefundStores stores;
    private final Forms forms;
    private final Settlements settlements;
    private final Claims claims;
    private final InstantSource clock;
    private final Runnable due;

    Approvals(
            RefundStores stores,
            Forms forms,
            Settlements settlements,
            Claims claims,
            InstantSource clock,
            Runnable due) {
        this.stores = stores;
        this.forms = forms;
        this.settlements = settlements;
        this.claims = claims;
        this.clock = clock;
        this.due = due;
    }

    /** The refund, read under its payment's lock. */
    private RefundRow locked(Tx tx, String refundId) {
        stores.locked(tx, stores.refund(tx, refundId).paymentId());
        return stores.refund(tx, refundId);
    }

    private List<Leg> legs(Tx tx, RefundRow row) {
        return forms.legs(stores.legs().ofRefund(tx, row.id()));
    }

    private Refund shown(Tx tx, String refundId) {
        RefundRow row = stores.refund(tx, refundId);
        return forms.refund(row, legs(tx, row));
    }

    private static boolean is(RefundRow row, RefundStatus status) {
        return row.status().equals(Forms.word(status));
    }

    Refund approve(Tx tx, String refundId, String actor) {
        RefundRow row = locked(tx, refundId);
        Instant now = clock.instant();
        RefundDocument document = forms.document(row);
        if (actor.equals(document.approvedBy())) {
            return shown(tx, refundId);
        }
        if (!is(row, RefundStatus.PENDING_APPROVAL) || row.dueAt() == null || !now.isBefore(row.dueAt())) {
            throw new ConflictException("Refund " + refundId + " doesn't wait for approval, or not any more.");
        }
        if (actor.equals(document.request().requestedBy())) {
            throw new ConflictException(
                    "Who asks for a refund can't approve it; refund " + refundId + " needs another person.");
        }
        RefundDocument approved =
                new RefundDocument(document.request(), document.explanation(), actor, document.rejectedBy());
        stores.history(tx, refundId, now, "approved", null, actor, null);
        start(tx, row, forms.text(approved), actor, now);
        return shown(tx, refundId);
    }

    /** Lets the legs begin, now or at their time; the provider's window may have closed meanwhile. */
    private void start(Tx tx, RefundRow row, String document, @Nullable String actor, Instant now) {
        Instant at = forms.document(row).request().executeAt();
        if (at != null && at.isAfter(now)) {
            RefundRow next =
                    settlements.write(tx, row, Forms.word(RefundStatus.SCHEDULED), row.attention(), at, document);
            stores.history(tx, row.id(), now, "scheduled", null, actor, null);
            settlements.refresh(tx, next.id(), null, actor, now);
            return;
        }
        RefundRow queued = settlements.write(tx, row, Forms.word(RefundStatus.QUEUED), row.attention(), null, document);
        boolean disputed = forms.isBlocked(stores.disputes().ofPayment(tx, row.paymentId()));
        for (Leg leg : legs(tx, queued)) {
            if (disputed || windowClosed(tx, leg, now)) {
                cancel(tx, leg, disputed ? "payment_disputed" : "window_expired", actor, now);
            } else {
                stores.legs().settle(tx, leg.row().dueAt(now), leg.row().fence());
            }
        }
        settlements.refresh(tx, row.id(), null, actor, now);
        tx.hintAfterCommit(due);
    }

    private boolean windowClosed(Tx tx, Leg leg, Instant now) {
        Duration window = claims.rules(leg.row().provider()).caps().window();
        if (window == null) {
            return false;
        }
        Capture capture = forms.capture(
                stores.payment(tx, leg.row().paymentId()), leg.row().captureId());
        return !now.isBefore(capture.capturedAt().plus(window));
    }

    private void cancel(Tx tx, Leg leg, String event, @Nullable String actor, Instant now) {
        LegRules.Verdict verdict =
                new LegRules.Verdict(LegStatus.CANCELLED, leg.row().providerRef(), null, leg.document(), event, null);
        settlements.apply(tx, leg, verdict, null, actor, now);
    }

    Refund reject(Tx tx, String refundId, String actor, @Nullable String note) {
        Checks.optionalText(note, 500, "A rejection's note");
        RefundRow row = locked(tx, refundId);
        Instant now = clock.instant();
        RefundDocument document = forms.document(row);
        if (actor.equals(document.rejectedBy())) {
            return shown(tx, refundId);
        }
        if (!is(row, RefundStatus.PENDING_APPROVAL)) {
            throw new ConflictException("Refund " + refundId + " doesn't wait for approval, or not any more.");
        }
        RefundDocument rejected =
                new RefundDocument(document.request(), document.explanation(), document.approvedBy(), actor);
        stores.history(tx, refundId, now, "rejected", null, actor, note);
        end(tx, row, RefundStatus.REJECTED, forms.text(rejected), actor, now);
        return shown(tx, refundId);
    }

    /** Ends a refund of which nothing was sent; its legs release what they reserve. */
    private void end(Tx tx, RefundRow row, RefundStatus status, String document, @Nullable String actor, Instant now) {
        RefundRow next = settlements.write(tx, row, Forms.word(status), row.attention(), null, document);
        legs(tx, next).forEach(leg -> cancel(tx, leg, "cancelled", actor, now));
    }

    /** What is scheduled starts; an approval that nobody gave expires. */
    void onDue(Tx tx, String refundId) {
        RefundRow row = locked(tx, refundId);
        Instant now = clock.instant();
        if (row.dueAt() == null || row.dueAt().isAfter(now)) {
            return;
        }
        if (is(row, RefundStatus.SCHEDULED)) {
            stores.history(tx, refundId, now, "started", null, null, null);
            start(tx, row, row.document(), null, now);
        } else if (is(row, RefundStatus.PENDING_APPROVAL)) {
            stores.history(tx, refundId, now, "approval_expired", null, null, null);
            end(tx, row, RefundStatus.CANCELLED, row.document(), null, now);
        } else {
            settlements.write(tx, row, row.status(), row.attention(), null, row.document());
        }
    }

    CancelOutcome cancel(Tx tx, String refundId, String actor) {
        RefundRow row = locked(tx, refundId);
        Instant now = clock.instant();
        List<Leg> legs = legs(tx, row);
        RefundStatus status = forms.status(row, legs);
        if (status == RefundStatus.CANCELLED) {
            return new CancelOutcome.Cancelled(shown(tx, refundId));
        }
        boolean unsent = legs.stream()
                .allMatch(leg ->
                        leg.status() == LegStatus.QUEUED && leg.document().attempts() == 0 && !leg.isLeased(now));
        if (unsent && status != RefundStatus.REJECTED) {
            stores.history(tx, refundId, now, "cancelled", null, actor, null);
            end(tx, row, RefundStatus.CANCELLED, row.document(), actor, now);
            return new CancelOutcome.Cancelled(shown(tx, refundId));
        }
        List<Leg> asked = legs.stream().filter(leg -> isCancellable(leg, now)).toList();
        for (Leg leg : asked) {
            LegDocument.Edit next = leg.document().edit();
            next.cancelRequested = true;
            LegRow own = leg.row();
            stores.legs()
                    .settle(
                            tx,
                            new LegChange(
                                    own.id(), own.status(), own.providerRef(), now, null, forms.text(next.done())),
                            own.fence());
            stores.history(tx, refundId, now, "cancel_requested", leg.id(), actor, null);
        }
        if (asked.isEmpty()) {
            return new CancelOutcome.TooLate(status);
        }
        tx.hintAfterCommit(due);
        return new CancelOutcome.Requested(shown(tx, refundId));
    }

    private boolean isCancellable(Leg leg, Instant now) {
        boolean waits = leg.status() == LegStatus.PENDING || leg.status() == LegStatus.REQUIRES_ACTION;
        return waits && claims.rules(leg.row().provider()).caps().cancellable() && !leg.isLeased(now);
    }

    Refund resolve(Tx tx, String legId, LegResolution how, String actor, @Nullable String note) {
        Checks.optionalText(note, 500, "A resolution's note");
        LegRow found = stores.legs()
                .find(tx, legId)
                .orElseThrow(() -> new NotFoundException("There is no leg " + legId + "."));
        stores.locked(tx, found.paymentId());
        Leg leg = forms.leg(stores.legs().find(tx, legId).orElseThrow());
        Instant now = clock.instant();
        if (isResolvedSo(leg, how)) {
            return shown(tx, found.refundId());
        }
        boolean needed = !leg.document().attention().isEmpty()
                || (leg.status() == LegStatus.REQUIRES_ACTION
                        && leg.row().provider().equals(ManualProvider.NAME));
        if (!needed || !leg.status().isOpen()) {
            throw new ConflictException("Leg " + legId + " is " + Forms.word(leg.status())
                    + " and needs nobody; only legs that need attention, or wait for a person, are resolved.");
        }
        if (leg.isLeased(now)) {
            throw new ConflictException("A node is working on leg " + legId + "; try again in two minutes.");
        }
        stores.history(tx, found.refundId(), now, "resolved", legId, actor, note);
        settlements.apply(tx, leg, resolved(tx, leg, how, now), null, actor, now);
        tx.hintAfterCommit(due);
        return shown(tx, found.refundId());
    }

    private static boolean isResolvedSo(Leg leg, LegResolution how) {
        return how instanceof LegResolution.Succeeded paid
                && leg.status() == LegStatus.SUCCEEDED
                && paid.providerRef().equals(leg.row().providerRef());
    }

    private LegRules.Verdict resolved(Tx tx, Leg leg, LegResolution how, Instant now) {
        LegDocument.Edit next = leg.document().edit();
        next.attention.clear();
        next.lookups = 0;
        LegRules rules = claims.rules(leg.row().provider());
        if (how instanceof LegResolution.Succeeded paid) {
            boolean anothers = stores.legs()
                    .byProviderRef(tx, leg.row().provider(), paid.providerRef())
                    .filter(id -> !id.equals(leg.id()))
                    .isPresent();
            if (anothers || leg.status() == LegStatus.QUEUED) {
                throw new ConflictException(
                        "Leg " + leg.id() + " was not sent, or the reference belongs to another leg.");
            }
            next.action = null;
            return rules.verdict(leg, LegStatus.SUCCEEDED, paid.providerRef(), null, next, now, "succeeded");
        }
        if (how instanceof LegResolution.NotExecuted) {
            LegStatus to = leg.status() == LegStatus.QUEUED ? LegStatus.CANCELLED : LegStatus.FAILED;
            next.action = null;
            next.code = Forms.word(DeclineCode.REJECTED);
            return rules.verdict(leg, to, leg.row().providerRef(), null, next, now, Forms.word(to));
        }
        return again(leg, next, rules, ((LegResolution.Resubmit) how).newKey(), now);
    }

    private static LegRules.Verdict again(Leg leg, LegDocument.Edit next, LegRules rules, boolean newKey, Instant now) {
        if (leg.status() == LegStatus.QUEUED) {
            return rules.verdict(leg, LegStatus.QUEUED, leg.row().providerRef(), now, next, now, "resubmitted");
        }
        if (leg.status() != LegStatus.UNKNOWN || (!newKey && !rules.isYoung(next.firstAttemptAt, now))) {
            throw new ConflictException(
                    "Leg " + leg.id() + " can't be sent again under that key: it isn't unknown, or the"
                            + " provider has forgotten the key. Where it is certain that nothing moved, choose a new key.");
        }
        if (newKey) {
            next.newKey(leg.id());
        }
        next.resubmits = 0;
        next.resubmit = true;
        return rules.verdict(leg, LegStatus.UNKNOWN, leg.row().providerRef(), now, next, now, "resubmitted");
    }
}
