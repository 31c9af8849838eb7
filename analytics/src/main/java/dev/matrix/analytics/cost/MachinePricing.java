package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.ResourceCatalog;
import dev.matrix.analytics.cost.spi.ResourceType;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.PreciseMoney;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the types and prices of machines, or says why there are none. */
record MachinePricing(@Nullable ResourceCatalog catalog, Window window, Instant now) {

    private static final String RULE = "machine";

    /** What has a price, and the types of the regions where it stands. */
    record Priced(List<Machine> machines, Map<String, List<ResourceType>> types) {}

    Priced price(List<KnownMachine> known, Consumer<Diagnostic> notJudged) {
        Map<String, List<ResourceType>> types = new HashMap<>();
        List<Machine> machines = new ArrayList<>();
        for (KnownMachine each : known) {
            String region = each.latest().region();
            if (region != null && catalog != null && !types.containsKey(region)) {
                types.put(region, List.copyOf(catalog.types(region, now)));
            }
            price(each, region == null ? List.of() : types.getOrDefault(region, List.of()))
                    .ifPresentOrElse(
                            machines::add,
                            () -> notJudged.accept(new Diagnostic(
                                    RULE,
                                    each.id(),
                                    Reason.NO_PRICE,
                                    "Machine " + each.id() + " of type "
                                            + each.latest().instanceType() + " has no price in region " + region
                                            + "; that is not the price 0.")));
        }
        return new Priced(machines, types);
    }

    private Optional<Machine> price(KnownMachine known, List<ResourceType> types) {
        return types.stream()
                .filter(type -> type.id().equals(known.latest().instanceType()))
                .findFirst()
                .map(type -> machine(known, type));
    }

    private Machine machine(KnownMachine known, ResourceType type) {
        Instant from = known.createdAt().isAfter(window.from()) ? known.createdAt() : window.from();
        Window own = new Window(from.isBefore(window.to()) ? from : window.to().minusSeconds(1), window.to());
        Money billed = known.latest().hourlyPrice();
        PreciseMoney hourly =
                billed != null && billed.currency().equals(type.hourlyPrice().currency())
                        ? billed.precise()
                        : type.hourlyPrice();
        return new Machine(
                known.id(),
                type,
                String.valueOf(known.latest().region()),
                known.latest().tags(),
                known.createdAt(),
                hourly,
                type.stoppedHourlyPrice(),
                known.ran(own),
                Duration.between(own.from(), own.to()),
                known.ran(new Window(now.minus(MachineVerdict.LATELY), now)),
                known.samples());
    }
}
