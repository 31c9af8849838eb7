package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.ProviderResult.Declined;
import dev.matrix.refunds.spi.ProviderResult.NotExecuted;
import dev.matrix.refunds.spi.ProviderResult.Pending;
import dev.matrix.refunds.spi.ProviderResult.Succeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a leg becomes after an answer. Pure. Its one aim: a leg whose outcome isn't known keeps its amount reserved and is
 * looked up until it is; it is sent again under the same key alone, and only after an absence that can be believed.
 */
record LegRules(ProviderCapabilities caps, RandomGenerator random, boolean rekeys) {

    private static final List<Duration> UNKNOWN_PAUSES =
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(1));
    private static final Duration UNKNOWN_LATER = Duration.ofHours(6);
    private static final Duration UNKNOWN_REVIEW = Duration.ofDays(5);
    private static final List<Duration> PENDING_PAUSES = List.of(Duration.ofHours(1), Duration.ofHours(6));
    private static final Duration PENDING_REVIEW = Duration.ofDays(30);
    private static final Duration DAILY = Duration.ofDays(1);
    private static final Duration SOONEST_CHECK = Duration.ofMinutes(1);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LAST_RETRY = Duration.ofHours(1);
    private static final int DOUBLINGS = 10;
    private static final int ROUNDS = 3;

    /**
     * What becomes of it.
     *
     * @param event for the refund's history
     */
    record Verdict(
            LegStatus status,
            @Nullable String providerRef,
            @Nullable Instant nextAt,
            LegDocument document,
            String event,
            @Nullable String detail) {}

    /** After a call that may have moved money. */
    Verdict afterSubmit(Leg leg, ProviderResult result, Instant now) {
        LegDocument.Edit next = leg.document().edit();
        next.endedAt = now;
        next.resubmit = false;
        if (result instanceof Declined declined && next.doubtful) {
            next.code = Forms.word(declined.code());
            next.message = ProviderTexts.clean(declined.message());
            return unknown(leg, next, now, "declined_in_doubt");
        }
        if (result instanceof ProviderResult.Known known) {
            return known(leg, next, known, now);
        }
        if (result instanceof NotExecuted not) {
            next.code = Forms.word(not.why());
            next.message = ProviderTexts.clean(not.message());
            flag(next, not.why());
            return next.doubtful ? unknown(leg, next, now, "not_executed_in_doubt") : retry(leg, next, not, now);
        }
        next.doubtful = true;
        next.message = result instanceof ProviderResult.Unknown unknown ? ProviderTexts.clean(unknown.cause()) : null;
        return unknown(leg, next, now, "unknown");
    }

    private static void flag(LegDocument.Edit next, Attempted why) {
        if (why == Attempted.CONFIGURATION) {
            next.attention.add(Attention.CONFIGURATION);
        } else if (why == Attempted.FUNDING) {
            next.attention.add(Attention.FUNDING);
        }
    }

    private Verdict retry(Leg leg, LegDocument.Edit next, NotExecuted not, Instant now) {
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(DOUBLINGS, Math.max(0, next.attempts - 1)));
        pause = pause.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause;
        pause = Duration.ofMillis((long) (pause.toMillis() * (0.8 + 0.4 * random.nextDouble())));
        Duration asked = not.retryAfter();
        if (asked != null && asked.compareTo(pause) > 0) {
            pause = asked.compareTo(DAILY) > 0 ? DAILY : asked;
        }
        return verdict(leg, LegStatus.QUEUED, leg.row().providerRef(), now.plus(pause), next, now, "not_executed");
    }

    private Verdict unknown(Leg leg, LegDocument.Edit next, Instant now, String event) {
        if (leg.status() != LegStatus.UNKNOWN) {
            next.lookups = 0;
        }
        Instant since = leg.status() == LegStatus.UNKNOWN ? next.since : now;
        boolean old = !now.isBefore(since.plus(UNKNOWN_REVIEW));
        if (old) {
            next.attention.add(Attention.REVIEW);
        }
        Duration pause =
                old ? DAILY : next.lookups < UNKNOWN_PAUSES.size() ? UNKNOWN_PAUSES.get(next.lookups) : UNKNOWN_LATER;
        return verdict(leg, LegStatus.UNKNOWN, leg.row().providerRef(), now.plus(pause), next, now, event);
    }

    /** A claim found that a call's lease ended without a result. */
    Verdict abandoned(Leg leg, Instant now) {
        LegDocument.Edit next = leg.document().edit();
        next.doubtful = true;
        next.endedAt = now;
        return unknown(leg, next, now, "unknown");
    }

    /** What the provider says can't be of this leg. */
    Verdict doubted(Leg leg, String why, Instant now) {
        LegDocument.Edit next = leg.document().edit();
        next.doubtful = true;
        next.endedAt = now;
        next.attention.add(Attention.REVIEW);
        next.message = ProviderTexts.clean(why);
        next.lookups++;
        return leg.status() == LegStatus.SUCCEEDED
                ? verdict(leg, leg.status(), leg.row().providerRef(), null, next, now, "ignored")
                : unknown(leg, next, now, "doubted");
    }

    private Verdict known(Leg leg, LegDocument.Edit next, ProviderResult.Known state, Instant now) {
        if (state instanceof Succeeded paid) {
            learn(next, leg, paid.facts());
            next.attention.removeAll(Set.of(Attention.REVIEW, Attention.CONFIGURATION, Attention.FUNDING));
            next.code = null;
            next.message = null;
            next.action = null;
            return verdict(leg, LegStatus.SUCCEEDED, paid.providerRef(), null, next, now, "succeeded");
        }
        if (state instanceof Declined declined) {
            learn(next, leg, declined.facts());
            next.code = Forms.word(declined.code());
            next.message = ProviderTexts.clean(declined.message());
            boolean cancelled = declined.code() == DeclineCode.CANCELLED
                    && leg.status() != LegStatus.SUBMITTING
                    && leg.status() != LegStatus.SUCCEEDED;
            String ref = declined.providerRef() == null ? leg.row().providerRef() : declined.providerRef();
            return cancelled
                    ? verdict(leg, LegStatus.CANCELLED, ref, null, next, now, "cancelled")
                    : verdict(leg, LegStatus.FAILED, ref, null, next, now, "failed");
        }
        return pending(leg, next, (Pending) state, now);
    }

    private Verdict pending(Leg leg, LegDocument.Edit next, Pending pending, Instant now) {
        learn(next, leg, pending.facts());
        ProviderResult.CustomerAction action = pending.action();
        next.action = action == null ? null : ProviderTexts.clean(action);
        LegStatus to = action == null ? LegStatus.PENDING : LegStatus.REQUIRES_ACTION;
        boolean stays = leg.status() == to;
        next.lookups = stays ? next.lookups : 0;
        boolean old = stays && !now.isBefore(next.since.plus(PENDING_REVIEW));
        if (old) {
            next.attention.add(Attention.REVIEW);
        }
        Duration pause = next.lookups < PENDING_PAUSES.size() ? PENDING_PAUSES.get(next.lookups) : DAILY;
        Instant checkAt = pending.checkAt();
        Instant nextAt = checkAt == null ? now.plus(pause) : clamp(checkAt, now.plus(SOONEST_CHECK), now.plus(DAILY));
        Instant again = sentAgainAt(next.endedAt);
        if (again != null && again.isBefore(nextAt)) {
            nextAt = clamp(again, now.plus(SOONEST_CHECK), nextAt);
        }
        String ref = pending.providerRef() == null ? leg.row().providerRef() : pending.providerRef();
        return verdict(leg, to, ref, nextAt, next, now, stays ? "looked_up" : Forms.word(to));
    }

    private static Instant clamp(Instant at, Instant first, Instant last) {
        return at.isBefore(first) ? first : at.isAfter(last) ? last : at;
    }

    private static void learn(LegDocument.Edit next, Leg leg, ProviderFacts facts) {
        if (facts.trace() != null) {
            next.trace = ProviderTexts.clean(facts.trace());
        }
        Money amount = facts.amount();
        if (amount != null && !amount.equals(leg.amount())) {
            next.attention.add(Attention.AMOUNT_MISMATCH);
        }
        Money settled = facts.settled();
        if (settled != null && !settled.currency().equals(leg.amount().currency())) {
            next.settled = settled;
        }
    }

    /** After a look-up. */
    Verdict afterLookup(Leg leg, LookupResult result, Instant now) {
        LegDocument.Edit next = leg.document().edit();
        next.lookups++;
        if (result instanceof LookupResult.Found found) {
            return known(leg, next, found.state(), now);
        }
        if (leg.status() == LegStatus.SUCCEEDED) {
            return verdict(leg, leg.status(), leg.row().providerRef(), null, next, now, "ignored");
        }
        if (result instanceof LookupResult.Absent) {
            return absent(leg, next, now);
        }
        next.message = result instanceof LookupResult.Unavailable no ? ProviderTexts.clean(no.cause()) : next.message;
        return waiting(leg, next, now);
    }

    /** Nothing was learned. */
    private Verdict waiting(Leg leg, LegDocument.Edit next, Instant now) {
        if (leg.status() == LegStatus.UNKNOWN) {
            return unknown(leg, next, now, "looked_up");
        }
        if (!now.isBefore(next.since.plus(PENDING_REVIEW))) {
            next.attention.add(Attention.REVIEW);
        }
        Duration pause = next.lookups < PENDING_PAUSES.size() ? PENDING_PAUSES.get(next.lookups) : DAILY;
        return verdict(leg, leg.status(), leg.row().providerRef(), now.plus(pause), next, now, "looked_up");
    }

    private Verdict absent(Leg leg, LegDocument.Edit next, Instant now) {
        if (leg.status() != LegStatus.UNKNOWN) {
            next.doubtful = true;
            return unknown(leg, next, now, "absent");
        }
        Instant ended = next.endedAt == null ? next.since : next.endedAt;
        Instant reliable = ended.plus(caps.absenceReliableAfter());
        if (now.isBefore(reliable)) {
            Verdict wait = unknown(leg, next, now, "absent");
            return wait.nextAt() != null && wait.nextAt().isBefore(reliable)
                    ? new Verdict(wait.status(), wait.providerRef(), reliable, wait.document(), "absent", wait.detail())
                    : wait;
        }
        if (next.resubmits < ROUNDS && isYoung(next.firstAttemptAt, now)) {
            next.resubmits++;
            next.resubmit = true;
            return verdict(leg, LegStatus.UNKNOWN, leg.row().providerRef(), now, next, now, "absent");
        }
        if (rekeys && next.keys.size() == 1 && next.firstAttemptAt != null) {
            return rekeyed(leg, next, next.firstAttemptAt, now);
        }
        next.attention.add(Attention.REVIEW);
        return unknown(leg, next, now, "absent");
    }

    /** Once in a leg's life: after two absences far enough apart, when the provider has forgotten the old key. */
    private Verdict rekeyed(Leg leg, LegDocument.Edit next, Instant firstAttemptAt, Instant now) {
        next.absentSince = next.absentSince == null ? now : next.absentSince;
        Instant second = next.absentSince.plus(caps.absenceReliableAfter());
        Instant forgotten = firstAttemptAt.plus(caps.keyLifetime());
        Instant earliest = forgotten.isAfter(second) ? forgotten : second;
        if (now.equals(next.absentSince) || now.isBefore(earliest)) {
            Instant again = earliest.isAfter(now) ? earliest : now.plus(SOONEST_CHECK);
            return verdict(leg, LegStatus.UNKNOWN, leg.row().providerRef(), again, next, now, "absent");
        }
        next.newKey(leg.id());
        return verdict(leg, LegStatus.UNKNOWN, leg.row().providerRef(), now, next, now, "rekeyed");
    }

    /** Whether the provider still recognises a key that was first sent then; with a tenth of its lifetime to spare. */
    boolean isYoung(@Nullable Instant firstAttemptAt, Instant now) {
        return firstAttemptAt == null
                || now.isBefore(
                        firstAttemptAt.plus(caps.keyLifetime().multipliedBy(9).dividedBy(10)));
    }

    /** Whether a pending leg has waited so long that it is sent again under its key, such as with a higher fee. */
    boolean isSentAgain(Leg leg, Instant now) {
        Instant at = sentAgainAt(leg.document().endedAt());
        boolean waits = leg.status() == LegStatus.PENDING || leg.status() == LegStatus.REQUIRES_ACTION;
        return waits
                && at != null
                && !now.isBefore(at)
                && isYoung(leg.document().firstAttemptAt(), now);
    }

    private @Nullable Instant sentAgainAt(@Nullable Instant endedAt) {
        Duration after = caps.resubmitPendingAfter();
        return after == null || endedAt == null ? null : endedAt.plus(after);
    }

    /** The verdict; a move that isn't legal leaves the leg as it is, as the history tells. */
    Verdict verdict(
            Leg leg,
            LegStatus to,
            @Nullable String ref,
            @Nullable Instant nextAt,
            LegDocument.Edit next,
            Instant now,
            String event) {
        if (!leg.status().mayBecome(to)) {
            return new Verdict(
                    leg.status(),
                    leg.row().providerRef(),
                    leg.status().isOpen() ? now.plus(DAILY) : null,
                    leg.document(),
                    "ignored",
                    Forms.word(to));
        }
        if (leg.status() != to) {
            next.since = now;
        }
        return new Verdict(to, ref, nextAt, next.done(), event, next.message);
    }
}
