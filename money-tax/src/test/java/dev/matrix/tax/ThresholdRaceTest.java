package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.money.Money;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.tax.spi.TaxTurnoverStore;
import dev.matrix.tax.spi.TaxTurnoverStore.CrossingRow;
import dev.matrix.tax.spi.TaxTurnoverStore.TurnoverRow;
import dev.matrix.testkit.OtherThread;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight threads that sell and reverse at once over the borders of months and years, on PostgreSQL, against an exact recount. */
@Tag("TD8")
@Tag("TD9")
class ThresholdRaceTest {

    private static final int THREADS = 8;
    private static final int ROUNDS = 6;
    private static final LocalDate FIRST = LocalDate.of(2024, 12, 20);
    private static final int DAYS = 450;
    private static final BigDecimal LIMIT = new BigDecimal("10000.00");

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void thresholdsAndTurnoverEqualTheRecount(long seed) {
        race(seed);
    }

    @Test
    @Tag("long")
    void thresholdsAndTurnoverOfManyRacesEqualTheRecount() {
        LongStream.range(100, 200).forEach(this::race);
    }

    private void race(long seed) {
        try (HikariDataSource pool = storages.database(Database.POSTGRESQL);
                Shop shop = Shop.over(JooqStorage.over(pool), Shop.german(), wiring -> wiring)) {
            pool.setMaximumPoolSize(THREADS + 1);
            Random random = new Random(seed);
            List<TaxTransaction> sold = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                List<TaxCalculation> plan = round < ROUNDS - 1
                        ? IntStream.range(0, THREADS)
                                .mapToObj(i -> sale(shop, random))
                                .toList()
                        : filling(shop, sold, random);
                String reference = seed + "-" + round + "-";
                sold.addAll(together(thread -> List.of(shop.taxes.commit(plan.get(thread), reference + thread))));
                // A crossing that these eight missed would be found by the next sale: it must be there by now.
                assertThat(crossings(shop)).as("crossings of seed " + seed).isEqualTo(reached(sold));
                assertThat(stored(shop)).as("turnover of seed " + seed).isEqualTo(recounted(sold));
            }

            List<TaxTransaction> after = together(thread -> {
                Random own = new Random(seed * THREADS + thread);
                return sold.stream()
                        .filter(sale -> sold.indexOf(sale) % THREADS == thread)
                        .map(sale -> own.nextBoolean() ? reversed(shop, sale, own) : sale)
                        .toList();
            });
            assertThat(stored(shop))
                    .as("turnover after reversals of seed " + seed)
                    .isEqualTo(recounted(after));
            assertThat(crossings(shop)).as("crossings stay, seed " + seed).isEqualTo(reached(sold));
        }
    }

    /** Of any day; all of a year stay below the threshold. */
    private static TaxCalculation sale(Shop shop, Random random) {
        LocalDate day = FIRST.plusDays(random.nextInt(DAYS));
        return sale(shop, day, Money.ofMinor(1 + random.nextInt(20_000), Shop.currency("EUR")));
    }

    /** In eight months of one year, which only all together bring to the threshold, or one cent above it. */
    private static List<TaxCalculation> filling(Shop shop, List<TaxTransaction> sold, Random random) {
        Money left = Money.of("10000.00", "EUR");
        for (TaxTransaction sale : sold) {
            boolean counts = sale.calculation().taxDate().getYear() == 2025;
            left = counts ? left.minus(sale.calculation().totals().net()) : left;
        }
        List<Money> parts = left.plus(Money.ofMinor(Math.min(1, random.nextInt(4)), left.currency()))
                .split(THREADS);
        return IntStream.range(0, THREADS)
                .mapToObj(i -> sale(shop, LocalDate.of(2025, 1 + i, 28), parts.get(i)))
                .toList();
    }

    private static TaxCalculation sale(Shop shop, LocalDate day, Money amount) {
        TaxedItem item = TaxedItem.net("1", amount, ProductCategory.SAAS);
        return shop.sell(day.toString(), Buyer.consumer(Address.of("FR")), item);
    }

    private static TaxTransaction reversed(Shop shop, TaxTransaction sale, Random random) {
        TaxTransaction after = shop.taxes.reverse(sale.id(), new Reversal.Full("r-" + sale.reference()));
        return random.nextBoolean()
                ? after
                : shop.taxes.reverse(sale.id(), new Reversal.Undo("u-" + sale.reference(), "r-" + sale.reference()));
    }

    private static List<TaxTransaction> together(IntFunction<List<TaxTransaction>> work) {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        List<OtherThread<List<TaxTransaction>>> threads = IntStream.range(0, THREADS)
                .mapToObj(thread -> OtherThread.running(() -> {
                    barrier.await();
                    return work.apply(thread);
                }))
                .toList();
        return threads.stream().flatMap(thread -> thread.join().stream()).toList();
    }

    private static Map<YearMonth, BigDecimal> recounted(List<TaxTransaction> sales) {
        Map<YearMonth, BigDecimal> months = new HashMap<>();
        for (TaxTransaction sale : sales) {
            BigDecimal net = sale.calculation().totals().net().amount();
            for (TaxReversal reversal : sale.reversals()) {
                net = net.subtract(reversal.net().amount());
            }
            months.merge(YearMonth.from(sale.calculation().taxDate()), net, BigDecimal::add);
        }
        months.values().removeIf(sum -> sum.signum() == 0);
        return months;
    }

    private static Set<String> reached(List<TaxTransaction> sales) {
        Map<String, BigDecimal> years = new HashMap<>();
        for (TaxTransaction sale : sales) {
            years.merge(
                    Integer.toString(sale.calculation().taxDate().getYear()),
                    sale.calculation().totals().net().amount(),
                    BigDecimal::add);
        }
        years.values().removeIf(sum -> sum.compareTo(LIMIT) <= 0);
        return new TreeSet<>(years.keySet());
    }

    private static Map<YearMonth, BigDecimal> stored(Shop shop) {
        TaxTurnoverStore store = shop.matrix.stores().get(TaxTurnoverStore.class);
        return shop
                .matrix
                .transactions()
                .<List<TurnoverRow>>returning(
                        tx -> store.since(tx, Shop.SELLER, Set.of("EU-DISTANCE"), YearMonth.from(FIRST)))
                .stream()
                .filter(row -> row.amount().signum() != 0)
                .collect(Collectors.toMap(
                        TurnoverRow::month, row -> row.amount().setScale(2), BigDecimal::add, HashMap::new));
    }

    private static Set<String> crossings(Shop shop) {
        TaxTurnoverStore store = shop.matrix.stores().get(TaxTurnoverStore.class);
        return shop.matrix.transactions().<List<CrossingRow>>returning(tx -> store.crossings(tx, Shop.SELLER)).stream()
                .filter(row -> row.threshold().equals("EU-DISTANCE"))
                .map(CrossingRow::period)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
