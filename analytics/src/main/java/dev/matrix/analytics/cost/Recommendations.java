package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.Analyzer.Found;
import dev.matrix.analytics.cost.Analyzer.Task;
import dev.matrix.analytics.cost.spi.CostAnalysisStore;
import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.CostRecommendationChanged;
import dev.matrix.core.event.payload.CostRecommendationOpened;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The life of recommendations: each change is written with its event, in the caller's transaction. */
record Recommendations(CostAnalysisStore store, Documents documents, EventLog events, Ids ids, Duration expiry) {

    private static final BigDecimal TWICE = BigDecimal.valueOf(2);
    private static final Comparator<Recommendation> GRAVEST_FIRST = Comparator.comparing(Recommendation::severity)
            .thenComparing(Recommendation::savings)
            .reversed()
            .thenComparing(Recommendation::id);

    /** How grave each piece of advice is. */
    @FunctionalInterface
    interface Grading {
        Severity of(Money saving);
    }

    /**
     * Opens, renews and ends recommendations by what an analysis found. The owner's row is locked by the caller, so no other
     * analysis of this owner writes meanwhile.
     */
    List<Recommendation> take(
            Tx tx,
            Task task,
            String analysisId,
            String currency,
            List<Found> found,
            List<Diagnostic> notJudged,
            Grading grading) {
        Map<String, Recommendation> live = new HashMap<>();
        store.live(tx, task.owner()).forEach(row -> {
            Recommendation it = documents.read(row);
            live.put(it.fingerprint(), it);
        });
        Map<String, Set<String>> groups = new HashMap<>();
        List<Recommendation> fresh = new ArrayList<>();
        for (Found each : found) {
            Recommendation made = fresh(task, analysisId, currency, each, grading);
            Recommendation known = live.get(made.fingerprint());
            groups.computeIfAbsent(each.group(), name -> new HashSet<>()).add(known == null ? made.id() : known.id());
            fresh.add(made);
        }
        List<Recommendation> taken = new ArrayList<>();
        Set<String> prints = new HashSet<>();
        for (int i = 0; i < found.size(); i++) {
            Recommendation known = live.get(fresh.get(i).fingerprint());
            String id = known == null ? fresh.get(i).id() : known.id();
            Set<String> others = new HashSet<>(groups.getOrDefault(found.get(i).group(), Set.of()));
            others.remove(id);
            Recommendation made = fresh.get(i).conflictingWith(others);
            prints.add(made.fingerprint());
            taken.add(known == null ? open(tx, made) : meet(tx, known, made, task.now()));
        }
        live.values().stream()
                .filter(known -> !prints.contains(known.fingerprint()))
                .forEach(known -> gone(tx, known, task, currency, found, notJudged));
        taken.sort(GRAVEST_FIRST);
        return List.copyOf(taken);
    }

    private Recommendation fresh(Task task, String analysisId, String currency, Found found, Grading grading) {
        Advice advice = found.advice();
        String print = Parts.fingerprint(
                task.owner().toString(),
                currency,
                advice.type().name(),
                advice.subject(),
                advice.action().target());
        return new Recommendation(
                ids.next("rec"),
                task.owner(),
                analysisId,
                task.profile(),
                RecommendationStatus.OPEN,
                grading.of(advice.monthlySavings()),
                found.leads(),
                Set.of(),
                advice,
                print,
                task.now(),
                task.now().plus(expiry),
                null,
                1);
    }

    private Recommendation open(Tx tx, Recommendation fresh) {
        if (!store.insert(tx, documents.row(fresh))) {
            throw new ConflictException("Recommendation for " + fresh.advice().subject()
                    + " was opened at the same time by another analysis; analyse again.");
        }
        tellOpened(tx, fresh);
        return fresh;
    }

    private void tellOpened(Tx tx, Recommendation it) {
        events.publish(
                tx,
                BillingEvent.of(new CostRecommendationOpened(
                                it.id(),
                                it.owner(),
                                it.id(),
                                Documents.word(it.advice().type()),
                                Documents.word(it.severity()),
                                it.savings(),
                                it.advice().subject(),
                                it.expiresAt()))
                        .withKey(it.id() + "." + it.version()));
    }

    private Recommendation meet(Tx tx, Recommendation known, Recommendation fresh, Instant now) {
        if (known.judgedAt().isAfter(fresh.judgedAt()) || known.status() == RecommendationStatus.APPLIED) {
            return known;
        }
        if (known.status() == RecommendationStatus.DISMISSED) {
            boolean due =
                    known.dismissedUntil() != null && !known.dismissedUntil().isAfter(now);
            boolean doubled =
                    fresh.savings().amount().compareTo(known.savings().amount().multiply(TWICE)) >= 0;
            return due || doubled
                    ? change(tx, known, reopened(known, fresh), RecommendationStatus.OPEN, null, null, null)
                    : known;
        }
        if (known.profile() != fresh.profile()) {
            return known;
        }
        Recommendation renewed = known.renewedBy(fresh);
        replace(tx, renewed);
        return renewed;
    }

    /** With the new figures; the change of status makes the next version of it. */
    private static Recommendation reopened(Recommendation known, Recommendation fresh) {
        return new Recommendation(
                known.id(),
                known.owner(),
                fresh.analysisId(),
                fresh.profile(),
                known.status(),
                fresh.severity(),
                fresh.leads(),
                fresh.conflictsWith(),
                fresh.advice(),
                known.fingerprint(),
                fresh.judgedAt(),
                fresh.expiresAt(),
                null,
                known.version());
    }

    /** Gone is only what this analysis could have found again; what it couldn't judge waits until it expires. */
    private void gone(
            Tx tx, Recommendation known, Task task, String currency, List<Found> found, List<Diagnostic> notJudged) {
        boolean waiting =
                known.status() == RecommendationStatus.OPEN || known.status() == RecommendationStatus.ACCEPTED;
        if (!waiting || known.judgedAt().isAfter(task.now())) {
            return;
        }
        Advice advice = known.advice();
        boolean judged = known.status() == RecommendationStatus.OPEN
                && known.profile() == task.profile()
                && task.types().contains(advice.type())
                && known.savings().currency().code().equals(currency)
                && notJudged.stream()
                        .noneMatch(each -> each.subject().equals(advice.subject())
                                || each.subject().equals(advice.action().target()));
        if (judged) {
            boolean replaced = found.stream()
                    .anyMatch(each -> each.advice().type() == advice.type()
                            && each.advice().subject().equals(advice.subject()));
            RecommendationStatus next = replaced ? RecommendationStatus.SUPERSEDED : RecommendationStatus.EXPIRED;
            change(tx, known, known, next, null, null, "an analysis no longer finds it");
        } else if (!known.expiresAt().isAfter(task.now())) {
            change(tx, known, known, RecommendationStatus.EXPIRED, null, null, "its time is up");
        }
    }

    Recommendation find(Tx tx, Owner owner, String id) {
        return store.recommendation(tx, owner, id)
                .map(documents::read)
                .orElseThrow(() -> new NotFoundException("No recommendation " + id + "."));
    }

    /** Changes the status of a recommendation if that is allowed from where it stands. */
    Recommendation decide(
            Tx tx,
            Owner owner,
            String id,
            RecommendationStatus next,
            @Nullable Instant until,
            @Nullable String actor,
            @Nullable String reason) {
        Recommendation known = find(tx, owner, id);
        if (!known.status().canBecome(next)) {
            throw new ConflictException("Recommendation " + id + " is " + Documents.word(known.status())
                    + " and can't become " + Documents.word(next) + ".");
        }
        return change(tx, known, known, next, until, actor, reason);
    }

    private Recommendation change(
            Tx tx,
            Recommendation from,
            Recommendation base,
            RecommendationStatus next,
            @Nullable Instant until,
            @Nullable String actor,
            @Nullable String reason) {
        Recommendation changed = base.in(next, until);
        replace(tx, changed);
        events.publish(
                tx,
                BillingEvent.of(new CostRecommendationChanged(
                                changed.id(),
                                changed.owner(),
                                changed.id(),
                                Documents.word(from.status()),
                                Documents.word(next),
                                actor,
                                reason))
                        .withKey(changed.id() + "." + changed.version()));
        return changed;
    }

    private void replace(Tx tx, Recommendation changed) {
        if (!store.replaceIfVersion(tx, documents.row(changed))) {
            throw new ConflictException(
                    "Recommendation " + changed.id() + " was changed at the same time; read it again.");
        }
    }

    List<Recommendation> applied(Tx tx, Owner owner) {
        List<Recommendation> applied = new ArrayList<>();
        store.live(tx, owner).stream()
                .map(documents::read)
                .filter(each -> each.status() == RecommendationStatus.APPLIED)
                .forEach(applied::add);
        return applied;
    }
}
