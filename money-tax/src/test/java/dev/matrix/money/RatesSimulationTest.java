package dev.matrix.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.RateSource;
import dev.matrix.testkit.sim.Seeds;
import dev.matrix.testkit.sim.SimulatedNode;
import dev.matrix.testkit.sim.Simulation;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three nodes that crash, stall and disagree about the time share a source that fails, lies and lags. */
@Tag("X9")
@Tag("X11")
class RatesSimulationTest {

    private static Matrix node(SimulatedNode node, RateSource source, Map<Matrix, ExchangeRates> rates) {
        Matrix matrix = node.builder().build();
        rates.put(matrix, ExchangeRates.on(matrix).source(source).build());
        return matrix;
    }

    private static void converts(SimulatedNode node, Map<Matrix, ExchangeRates> rates) {
        ExchangeRates own = rates.get(node.matrix());
        if (own != null) {
            Conversion conversion =
                    own.convert(Money.of("100.00", "EUR"), Currencies.standard().get("USD"));
            if (conversion instanceof Converted converted) {
                assertThat(converted.result())
                        .as("a lie is never used")
                        .isBetween(Money.of("110.00", "USD"), Money.of("112.20", "USD"));
            }
        }
    }

    private static List<RateSnapshot> stored(Simulation simulation) {
        DateRange all = new DateRange(LocalDate.of(2000, 1, 1), LocalDate.of(2100, 1, 1));
        return simulation
                .stores()
                .transactions()
                .returning(tx -> simulation
                        .stores()
                        .get(FxSnapshotStore.class)
                        .page(tx, "moody", all, PageRequest.first(1_000))
                        .items());
    }

    private static void acceptedIsTrue(Simulation simulation) {
        assertThat(stored(simulation))
                .filteredOn(each -> each.status() == RateStatus.ACCEPTED)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.rates())
                        .containsEntry("USD", QuotedRate.mid(MoodySource.truth(each.observedAt()))));
    }

    /** In store time: ids are made by the clocks of nodes, which are wrong here. */
    private void failuresAndRecoveriesAlternate(Simulation simulation) {
        List<String> told =
                simulation
                        .nodes()
                        .get(0)
                        .matrix()
                        .events()
                        .page(EventQuery.all(), PageRequest.first(1_000))
                        .items()
                        .stream()
                        .sorted(Comparator.comparing(BillingEvent::occurredAt))
                        .map(BillingEvent::type)
                        .map(Object::toString)
                        .filter(type -> type.startsWith("exchange_rate.source"))
                        .toList();
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i))
                    .isEqualTo(i % 2 == 0 ? "exchange_rate.source_failed" : "exchange_rate.source_recovered");
        }
    }

    private void hold(int seeds, Duration troubled) {
        Seeds.run(seeds, seed -> {
            MoodySource source = new MoodySource(new SplittableRandom(seed), 0.4);
            Map<Matrix, ExchangeRates> rates = new HashMap<>();
            Simulation.seeded(seed)
                    .nodes(3, node -> node(node, source, rates))
                    .action("convert", Duration.ofMinutes(10), node -> converts(node, rates))
                    .invariant("what was accepted is true", RatesSimulationTest::acceptedIsTrue)
                    .invariant("failures and recoveries alternate", this::failuresAndRecoveriesAlternate)
                    .build()
                    .run(troubled)
                    .settle(Duration.ofHours(3));
        });
    }

    @Test
    void whatIsUsedIsTrue() {
        hold(3, Duration.ofHours(8));
    }

    @Test
    @Tag("long")
    void whatIsUsedIsTrueForAHundredDays() {
        hold(100, Duration.ofDays(1));
    }
}
