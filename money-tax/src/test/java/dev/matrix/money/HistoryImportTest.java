package dev.matrix.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.money.source.EcbDocument;
import dev.matrix.money.source.EcbRates;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.testkit.ManualClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ECB's whole history, once, twice, and in pieces. */
@Tag("MT10")
@Tag("X10")
class HistoryImportTest {

    private static final String START = "2023-02-21T17:00:00Z";
    private static final int DAYS = 6_184;
    private static final int RATES = 193_655;

    @RegisterExtension
    final OpenStorages storages = new OpenStorages();

    private static Bank bank(Stores stores, ManualClock clock) {
        return Bank.over(stores, clock, Ecb.real(), "one", EcbRates.create());
    }

    private static List<RateSnapshot> everything(Bank bank) {
        DateRange all = new DateRange(LocalDate.of(1999, 1, 1), LocalDate.of(2023, 12, 31));
        List<RateSnapshot> snapshots = new ArrayList<>();
        String cursor = null;
        do {
            var page = bank.rates.history("ecb", all, new PageRequest(1_000, cursor));
            snapshots.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return snapshots;
    }

    private static void assertWhole(List<RateSnapshot> snapshots) {
        assertThat(snapshots).hasSize(DAYS).allMatch(each -> each.revision() == 1);
        assertThat(snapshots).allMatch(each -> each.status() == RateStatus.ACCEPTED);
        assertThat(snapshots.stream().mapToInt(each -> each.rates().size()).sum())
                .isEqualTo(RATES);
    }

    @Test
    void theWholeHistoryIsImportedOnceHoweverOftenItComes() {
        ManualClock clock = ManualClock.at(START);
        Bank bank = bank(storages.storage(Database.H2), clock).drive();
        List<RateSnapshot> first = everything(bank);
        assertWhole(first);

        new Intake(
                        bank.matrix.transactions(),
                        bank.matrix.stores().get(FxSnapshotStore.class),
                        new Feeds(List.of(EcbRates.create()), Map.of(), bank.matrix.currencies()),
                        bank.matrix.ids(),
                        clock,
                        (tx, quarantine) -> {})
                .take(EcbRates.create(), EcbDocument.read(Ecb.file("eurofxref-hist.xml")), tx -> {});

        assertThat(everything(bank)).isEqualTo(first);
    }

    @Test
    void aKilledImportGoesOnWhereItWas() {
        ManualClock clock = ManualClock.at(START);
        Stores stores = Stores.inMemory(clock);
        bank(killedAtInsert(stores, 9), clock).drive();
        Bank second = bank(stores, clock);
        assertThat(everything(second)).as("what had committed").hasSize(8 * 250);

        second.advance(Duration.ofMinutes(5));

        assertWhole(everything(second));
    }

    /** The stores of a process that dies when it inserts for the n-th time. */
    private static Stores killedAtInsert(Stores stores, int fatal) {
        FxSnapshotStore real = stores.get(FxSnapshotStore.class);
        AtomicInteger inserts = new AtomicInteger();
        FxSnapshotStore dying = (FxSnapshotStore) Proxy.newProxyInstance(
                HistoryImportTest.class.getClassLoader(),
                new Class<?>[] {FxSnapshotStore.class},
                (proxy, method, args) -> {
                    if (method.getName().equals("insert") && inserts.incrementAndGet() >= fatal) {
                        throw new IllegalStateException("killed");
                    }
                    return invoke(() -> method.invoke(real, args));
                });
        return stores.with(FxSnapshotStore.class, dying);
    }

    private interface Call {

        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    private static @Nullable Object invoke(Call call) throws Throwable {
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void theDailyFileSaysTheSameAsTheHistory() {
        var history = EcbDocument.read(Ecb.file("eurofxref-hist.xml"));

        assertThat(EcbDocument.read(Ecb.file("eurofxref-daily.xml"))).containsExactly(history.get(0));
        assertThat(history).containsAll(EcbDocument.read(Ecb.file("eurofxref-hist-90d.xml")));
    }
}
