package dev.matrix.sla;

import dev.matrix.core.Owner;
import dev.matrix.sla.spi.SlaBindingStore.BindingRow;
import dev.matrix.sla.spi.SlaBindingStore.Bound;
import dev.matrix.sla.spi.SlaBindingStore.SubscriptionRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A subscription with its bindings. */
record Subscribed(SubscriptionRow row, List<SlaBinding> bindings) {

    private static final int SHARDS = 16;

    /** A binding as stored: without the subscription and its owner, which stand in the subscription's row. */
    record Stored(
            String tier,
            Instant from,
            @Nullable Instant to,
            ZoneId zone,
            PeriodKind period,
            Set<String> components,
            @Nullable ServiceHours hours) {

        static Stored of(SlaBinding binding) {
            return new Stored(
                    binding.tier(),
                    binding.from(),
                    binding.to(),
                    binding.zone(),
                    binding.period(),
                    new TreeSet<>(binding.components()),
                    binding.hours());
        }

        SlaBinding binding(String subscription, Owner owner) {
            return new SlaBinding(subscription, owner, tier, from, to, zone, period, components, hours);
        }
    }

    static Subscribed of(Bound bound, Text text) {
        SubscriptionRow row = bound.subscription();
        List<SlaBinding> bindings = bound.bindings().stream()
                .map(each -> text.read(each.json(), Stored.class).binding(row.id(), row.owner()))
                .toList();
        return new Subscribed(row, bindings);
    }

    static BindingRow row(SlaBinding binding, int seq, String origin, Text text) {
        return new BindingRow(binding.subscriptionId(), seq, origin, text.of(Stored.of(binding)));
    }

    String id() {
        return row.id();
    }

    int shard() {
        return shard(row.id());
    }

    static int shard(String subscription) {
        return Math.floorMod(subscription.hashCode() * 31, SHARDS);
    }

    static int shards() {
        return SHARDS;
    }

    /** The binding at an instant; null: none then. */
    @Nullable
    SlaBinding at(Instant instant) {
        return bindings.stream()
                .filter(each -> each.covers(instant))
                .findFirst()
                .orElse(null);
    }
}
