package dev.matrix.sla;

import dev.matrix.core.Owner;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A binding as callers see it. */
record SlaSubscription(
        String id,
        Owner owner,
        String tier,
        ZoneId zone,
        PeriodKind period,
        Set<String> components,
        @Nullable ServiceHours hours,
        Instant from,
        @Nullable Instant to) {

    static SlaSubscription of(SlaBinding binding) {
        return new SlaSubscription(
                binding.subscriptionId(),
                binding.owner(),
                binding.tier(),
                binding.zone(),
                binding.period(),
                new TreeSet<>(binding.components()),
                binding.hours(),
                binding.from(),
                binding.to());
    }
}
