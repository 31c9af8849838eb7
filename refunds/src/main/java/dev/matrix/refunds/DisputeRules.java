package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.DisputeFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a dispute becomes by what is fetched, what it holds back, and which answers it takes. Pure. */
final class DisputeRules {

    private static final Duration DAILY = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofMinutes(1);

    private DisputeRules() {}

    static DisputeDocument first(DisputeFacts facts, @Nullable String captureId) {
        boolean known = facts.status() != DisputeStatus.UNRECOGNISED;
        return new DisputeDocument(
                facts,
                known ? facts.status() : DisputeStatus.NEEDS_RESPONSE,
                captureId,
                false,
                facts.evidenceSubmitted(),
                null,
                false,
                List.of(),
                known ? Set.of() : EnumSet.of(Attention.UNRECOGNISED_STATUS));
    }

    /**
     * A fact applies at a higher stage in any status, at the same stage forward, and an end can be replaced at its stage. A status
     * that isn't recognised leaves deadline and money as they are. Any of them settles an answer in doubt, as it is newer.
     */
    static DisputeDocument merged(DisputeDocument old, DisputeFacts news) {
        DisputeFacts before = old.facts();
        int stages = news.stage().compareTo(before.stage());
        boolean unknown = news.status() == DisputeStatus.UNRECOGNISED;
        boolean applies = stages > 0
                || (stages == 0
                        && (unknown
                                || old.counted().isEnd()
                                || news.status().rank() >= old.counted().rank()));
        if (!applies) {
            return old.withDoubt(null);
        }
        DisputeFacts facts = unknown ? keptDeadline(before, news) : news;
        Set<Attention> attention = EnumSet.noneOf(Attention.class);
        attention.addAll(old.attention());
        if (unknown) {
            attention.add(Attention.UNRECOGNISED_STATUS);
        } else {
            attention.remove(Attention.UNRECOGNISED_STATUS);
        }
        boolean submitted = facts.evidenceSubmitted() || (stages == 0 && old.submitted());
        return new DisputeDocument(
                facts,
                unknown ? old.counted() : facts.status(),
                old.captureId(),
                old.draft() && !facts.evidenceSubmitted(),
                submitted,
                null,
                old.autoAccepted(),
                old.reminded(),
                attention);
    }

    private static DisputeFacts keptDeadline(DisputeFacts before, DisputeFacts news) {
        return news.withResponse(
                        news.respondBy() == null ? before.respondBy() : news.respondBy(),
                        news.actions(),
                        news.evidenceSubmitted())
                .withBlocking(before.blocksRefunds());
    }

    static boolean isOpen(DisputeDocument dispute) {
        return !dispute.counted().isEnd();
    }

    static boolean blocksRefunds(DisputeDocument dispute) {
        return isOpen(dispute) && dispute.facts().blocksRefunds();
    }

    /** What it holds back of a capture: never more than that, and all of it where the currencies differ. */
    static Money share(DisputeDocument dispute, Money capture) {
        Money zero = Money.zero(capture.currency());
        List<Money> held = new ArrayList<>();
        DisputeFacts facts = dispute.facts();
        if (!isOpen(dispute)) {
            held.addAll(taken(dispute).values());
        } else if (facts.blocksRefunds()) {
            held.add(facts.amount());
            if (facts.withdrawn() != null) {
                held.add(facts.withdrawn());
            }
        }
        Money most = zero;
        for (Money amount : held) {
            if (amount.signum() > 0) {
                most = amount.currency().equals(capture.currency()) ? most.max(amount) : capture;
            }
        }
        return most.min(capture);
    }

    /** What it has taken in the end, by currency: what the provider reports, and the amount where it is lost without a report. */
    static Map<String, Money> taken(DisputeDocument dispute) {
        Map<String, Money> sums = new TreeMap<>();
        DisputeFacts facts = dispute.facts();
        if (facts.withdrawn() == null && dispute.counted().isLoss()) {
            add(sums, facts.amount());
        }
        if (facts.withdrawn() != null) {
            add(sums, facts.withdrawn());
        }
        if (facts.reinstated() != null) {
            add(sums, facts.reinstated().negated());
        }
        return sums;
    }

    private static void add(Map<String, Money> sums, Money amount) {
        sums.merge(amount.currency().code(), amount, Money::plus);
    }

    /** The part of the payment's tax that is disputed. */
    static Money tax(Money disputed, Money captured, Money tax) {
        if (!disputed.currency().equals(captured.currency()) || captured.isZero()) {
            return Money.zero(disputed.currency());
        }
        BigDecimal exact = tax.amount()
                .multiply(disputed.min(captured).amount())
                .divide(captured.amount(), tax.currency().scale(), RoundingMode.HALF_UP);
        return Money.of(exact, tax.currency());
    }

    /** Why an answer isn't sent; empty: it is. */
    static Optional<String> refusal(DisputeDocument dispute, DisputeAction action, boolean oneSubmission, Instant now) {
        DisputeFacts facts = dispute.facts();
        if (!isOpen(dispute)) {
            return Optional.of("The dispute is over, so it takes no answer.");
        }
        if (facts.respondBy() == null) {
            return Optional.of("The provider takes no answer to this dispute.");
        }
        if (now.isAfter(facts.respondBy())) {
            return Optional.of("The answer was due by " + facts.respondBy() + ".");
        }
        if (!facts.actions().contains(action)) {
            return Optional.of("The provider doesn't allow this answer now; it allows " + facts.actions() + ".");
        }
        if (action == DisputeAction.SUBMIT_EVIDENCE && dispute.submitted() && oneSubmission) {
            return Optional.of("Evidence was submitted already, and the provider takes it once.");
        }
        return Optional.empty();
    }

    /** The deadlines with lead times that are to be reminded of now, besides those that were. */
    static List<String> remindersDue(DisputeDocument dispute, List<Duration> leads, Instant now) {
        Instant deadline = dispute.facts().respondBy();
        boolean wanted = dispute.counted() == DisputeStatus.NEEDS_RESPONSE
                && !dispute.submitted()
                && deadline != null
                && now.isBefore(deadline);
        if (!wanted || deadline == null) {
            return List.of();
        }
        return leads.stream()
                .filter(lead -> !now.isBefore(deadline.minus(lead)))
                .map(lead -> deadline + "/" + lead)
                .filter(key -> !dispute.reminded().contains(key))
                .toList();
    }

    /** When something is due next; null: nothing is. */
    static @Nullable Instant nextAt(DisputeDocument dispute, List<Duration> leads, boolean fetched, Instant now) {
        if (dispute.doubt() != null) {
            return now.plus(SOON);
        }
        if (!isOpen(dispute)) {
            return null;
        }
        Instant next = fetched ? now.plus(DAILY) : null;
        Instant deadline = dispute.facts().respondBy();
        if (deadline != null && dispute.counted() == DisputeStatus.NEEDS_RESPONSE) {
            for (Duration lead : leads) {
                Instant at = deadline.minus(lead);
                if (at.isAfter(now) && (next == null || at.isBefore(next))) {
                    next = at;
                }
            }
        }
        return next;
    }
}
