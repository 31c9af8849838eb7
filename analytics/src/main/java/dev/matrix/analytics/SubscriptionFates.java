package dev.matrix.analytics;

import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of subscriptions: trials that were paid, customers who left without paying their last bill. */
record SubscriptionFates(AnalyticsStores stores, Settings settings, Upkeep upkeep) {

    /** Calls for each customer of a frame's scope, with the versions that were known as of its day. */
    void eachCustomer(Tx tx, Frame frame, Consumer<List<SubscriptionVersion>> sink) {
        Instant recordedBefore = frame.recordedBefore();
        Consumer<List<SubscriptionVersion>> known = versions -> {
            List<SubscriptionVersion> own = versions.stream()
                    .filter(version -> version.recordedAt().isBefore(recordedBefore))
                    .collect(Collectors.toCollection(ArrayList::new));
            if (!own.isEmpty()) {
                sink.accept(own);
            }
        };
        if (!(frame.query().scope() instanceof Scope.Of of)) {
            upkeep.eachCustomer(tx, known);
        } else if (of.owner().type() == Owner.Type.PARTNER) {
            upkeep.eachCustomer(
                    tx,
                    versions -> known.accept(versions.stream()
                            .filter(version ->
                                    of.owner().id().equals(version.terms().partner()))
                            .toList()));
        } else {
            Collection<Integer> number =
                    stores.directory().customers(tx, List.of(of.owner())).values();
            upkeep.versions()
                    .byCustomer(stores.timelines().versions(tx, number))
                    .values()
                    .forEach(known);
        }
    }

    private static Collection<List<SubscriptionVersion>> bySubscription(List<SubscriptionVersion> versions) {
        Map<String, List<SubscriptionVersion>> byId = new TreeMap<>();
        versions.stream()
                .sorted(SubscriptionVersion.ORDER)
                .forEach(version -> byId.computeIfAbsent(version.terms().subscription(), id -> new ArrayList<>())
                        .add(version));
        return byId.values();
    }

    /** By the bucket in which the trial began. */
    List<@Nullable Fraction> trialConversion(Tx tx, Frame frame) {
        List<Instant> edges = FlowReader.edges(frame);
        Timelines timelines = settings.timelines();
        long[] paid = new long[frame.buckets().size()];
        long[] ended = new long[frame.buckets().size()];
        eachCustomer(
                tx,
                frame,
                versions -> bySubscription(versions).forEach(own -> {
                    Terms first = own.get(0).terms();
                    int bucket = bucket(edges, first.state().effectiveAt());
                    if (first.state().status() != SubscriptionStatus.TRIALING || bucket < 0 || bucket >= paid.length) {
                        return;
                    }
                    boolean pays = timelines.of(new ArrayList<>(own)).stream()
                            .anyMatch(step -> step.paying() && !step.from().isAfter(frame.now()));
                    boolean over = own.stream()
                            .anyMatch(version -> version.terms().state().status() != SubscriptionStatus.TRIALING
                                    && !version.terms().state().effectiveAt().isAfter(frame.now()));
                    paid[bucket] += pays ? 1 : 0;
                    ended[bucket] += pays || over ? 1 : 0;
                }));
        return DerivedFlows.ratios(paid, ended);
    }

    static int bucket(List<Instant> edges, Instant at) {
        int found = Collections.binarySearch(edges, at);
        return found >= 0 ? found : -found - 2;
    }

    /** Of the customers who churned in a bucket, those of whom a subscription is unpaid at its end. */
    List<@Nullable Fraction> involuntaryChurn(Tx tx, Frame frame) {
        List<Instant> edges = FlowReader.edges(frame);
        Timelines timelines = settings.timelines();
        Movements movements = new Movements(settings.policy());
        Bucketing bucketing = Calendar.over(frame.buckets());
        long[] involuntary = new long[frame.buckets().size()];
        long[] churned = new long[frame.buckets().size()];
        eachCustomer(tx, frame, versions -> {
            Set<Integer> left = new HashSet<>();
            movements.of(timelines.of(versions), bucketing, (start, slice, movement, amounts) -> {
                int bucket = bucket(edges, start);
                if (movement == Movement.CHURN && bucket >= 0 && bucket < churned.length) {
                    left.add(bucket);
                }
            });
            for (int bucket : left) {
                Instant end = edges.get(bucket + 1);
                boolean unpaid = bySubscription(versions).stream().anyMatch(own -> isUnpaid(own, end));
                churned[bucket]++;
                involuntary[bucket] += unpaid ? 1 : 0;
            }
        });
        return DerivedFlows.ratios(involuntary, churned);
    }

    private static boolean isUnpaid(List<SubscriptionVersion> own, Instant before) {
        SubscriptionStatus last = null;
        for (SubscriptionVersion version : own) {
            if (version.terms().state().effectiveAt().isBefore(before)) {
                last = version.terms().state().status();
            }
        }
        return last == SubscriptionStatus.UNPAID;
    }
}
