package dev.matrix.analytics;

import dev.matrix.analytics.MrrPolicy.ZeroMrr;
import dev.matrix.analytics.Timelines.Step;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one customer's timeline into movements, bucket by bucket: what it is just before the bucket's start against what it is just
 * before its end. A change at the very instant of a bound belongs to the bucket that begins there.
 *
 * <p>A customer is present from its first MRR on, until it has none and, where the policy keeps those who stay on nothing, no
 * live subscription either. Its coming is NEW or REACTIVATION, its leaving CHURN; while it stays, each currency's change is
 * EXPANSION or CONTRACTION. A change is spread over the segments that changed in its direction, by size; what else changed between
 * segments is TRANSFER. In groups, a customer counts where it pays most, of its first currency.
 */
record Movements(MrrPolicy policy) {

    /** Takes what one movement of a bucket changes in a slice. */
    @FunctionalInterface
    interface Sink {
        void take(Instant bucket, Slice slice, Movement movement, Amounts amounts);
    }

    /** What a customer is from a step on. */
    private record Standing(
            Step step,
            boolean present,
            @Nullable Slice home,
            @Nullable Instant lastGone,
            boolean paidBefore) {}

    void of(List<Step> steps, Bucketing bucketing, Sink sink) {
        List<Standing> standings = standings(steps);
        int at = 1;
        while (at < standings.size()) {
            Bucketing.Span bucket = bucketing.at(standings.get(at).step().from());
            Standing before = standings.get(at - 1);
            boolean paidBefore = before.paidBefore();
            while (at < standings.size() && standings.get(at).step().from().isBefore(bucket.to())) {
                at++;
            }
            compare(before, standings.get(at - 1), paidBefore, bucket.from(), standings, at - 1, sink);
        }
    }

    private List<Standing> standings(List<Step> steps) {
        List<Standing> standings = new ArrayList<>();
        Standing last = new Standing(steps.get(0), false, null, null, false);
        standings.add(last);
        for (Step step : steps.subList(1, steps.size())) {
            boolean stays = last.present() && step.live() && policy.zeroMrr() == ZeroMrr.ACTIVE;
            boolean present = step.paying() || stays;
            Slice home = step.paying() ? home(step) : present ? last.home() : null;
            Instant gone = last.step().paying() && !step.paying() ? step.from() : last.lastGone();
            last = new Standing(step, present, home, gone, last.paidBefore() || step.paying());
            standings.add(last);
        }
        return standings;
    }

    private static @Nullable Slice home(Step step) {
        Slice home = null;
        BigInteger most = BigInteger.ZERO;
        for (Map.Entry<Slice, BigInteger> each : new TreeMap<>(step.parts()).entrySet()) {
            Slice slice = each.getKey();
            boolean otherCurrency = home != null && !slice.currency().equals(home.currency());
            if (!otherCurrency && each.getValue().compareTo(most) > 0) {
                home = slice;
                most = each.getValue();
            }
        }
        return home;
    }

    private void compare(
            Standing start, Standing end, boolean paidBefore, Instant bucket, List<Standing> all, int last, Sink sink) {
        if (start.present() && end.present()) {
            stayed(start, end, bucket, sink);
        } else if (end.present()) {
            Movement coming = !paidBefore || wasGoneTooLong(all, last) ? Movement.NEW : Movement.REACTIVATION;
            whole(end, coming, 1, bucket, sink);
        } else if (start.present()) {
            whole(start, Movement.CHURN, -1, bucket, sink);
        }
    }

    /** From the last time when it stopped paying until it paid again. */
    private boolean wasGoneTooLong(List<Standing> all, int last) {
        Duration window = policy.reactivationWindow();
        if (window == null) {
            return false;
        }
        int back = last;
        while (back > 0
                && !(all.get(back).step().paying() && !all.get(back - 1).step().paying())) {
            back--;
        }
        Instant gone = all.get(back).lastGone();
        return gone != null
                && Duration.between(gone, all.get(back).step().from()).compareTo(window) > 0;
    }

    /** All that a customer brings or takes away. */
    private static void whole(Standing standing, Movement movement, int sign, Instant bucket, Sink sink) {
        standing.step()
                .parts()
                .forEach((slice, parts) ->
                        sink.take(bucket, slice, movement, Amounts.of(sign > 0 ? parts : parts.negate())));
        Slice home = standing.home();
        if (home != null) {
            sink.take(
                    bucket, home, movement, Amounts.heads(sign, standing.step().paying() ? sign : 0));
        }
    }

    private static void stayed(Standing start, Standing end, Instant bucket, Sink sink) {
        Map<String, Map<Slice, BigInteger>> changes = new TreeMap<>();
        TreeSet<Slice> slices = new TreeSet<>(start.step().parts().keySet());
        slices.addAll(end.step().parts().keySet());
        for (Slice slice : slices) {
            BigInteger change = end.step()
                    .parts()
                    .getOrDefault(slice, BigInteger.ZERO)
                    .subtract(start.step().parts().getOrDefault(slice, BigInteger.ZERO));
            if (change.signum() != 0) {
                changes.computeIfAbsent(slice.currency(), currency -> new TreeMap<>())
                        .put(slice, change);
            }
        }
        changes.values().forEach(change -> spread(change, bucket, sink));
        heads(start, end, bucket, sink);
    }

    /** One currency's change over the slices that changed in its direction; the rest of each slice's change is a transfer. */
    private static void spread(Map<Slice, BigInteger> changes, Instant bucket, Sink sink) {
        BigInteger total = changes.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        List<Map.Entry<Slice, BigInteger>> same = changes.entrySet().stream()
                .filter(change -> change.getValue().signum() == total.signum())
                .toList();
        Map<Slice, BigInteger> spread = new TreeMap<>();
        if (total.signum() != 0) {
            BigInteger size = same.stream().map(Map.Entry::getValue).reduce(BigInteger.ZERO, BigInteger::add);
            Fraction share = Fraction.of(total, size);
            List<BigInteger> shares = LargestRemainder.round(
                    same.stream()
                            .map(change -> Fraction.of(change.getValue(), BigInteger.ONE)
                                    .times(share))
                            .toList(),
                    total);
            for (int i = 0; i < same.size(); i++) {
                spread.put(same.get(i).getKey(), shares.get(i));
            }
        }
        Movement movement = total.signum() > 0 ? Movement.EXPANSION : Movement.CONTRACTION;
        changes.forEach((slice, change) -> {
            BigInteger part = spread.getOrDefault(slice, BigInteger.ZERO);
            take(bucket, slice, movement, part, sink);
            take(bucket, slice, Movement.TRANSFER, change.subtract(part), sink);
        });
    }

    private static void take(Instant bucket, Slice slice, Movement movement, BigInteger parts, Sink sink) {
        if (parts.signum() != 0) {
            sink.take(bucket, slice, movement, Amounts.of(parts));
        }
    }

    private static void heads(Standing start, Standing end, Instant bucket, Sink sink) {
        Slice from = start.home();
        Slice to = end.home();
        if (from == null || to == null) {
            throw new IllegalStateException("A customer who is present has a home.");
        }
        int paid = start.step().paying() ? 1 : 0;
        int pays = end.step().paying() ? 1 : 0;
        if (!from.equals(to)) {
            sink.take(bucket, from, Movement.TRANSFER, Amounts.heads(-1, -paid));
            sink.take(bucket, to, Movement.TRANSFER, Amounts.heads(1, paid));
        }
        if (paid != pays) {
            Movement movement = pays > paid ? Movement.EXPANSION : Movement.CONTRACTION;
            sink.take(bucket, to, movement, Amounts.heads(0, pays - paid));
        }
    }
}
