package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.tax.spi.TaxTurnoverStore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sales, credit notes, reversals and refunds by chance against an exact recount. */
@Tag("TA9")
@Tag("TD9")
class LedgerPropertyTest {

    private static final int DAYS = 50;
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final SellerProfile CANADIAN =
            Shop.registered(SellerProfile.of(Shop.SELLER, Address.of("CA", "ON")), "CA", "CA-QC");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everySummaryAndTurnoverEqualsTheRecount(long seed) {
        shop(seed);
    }

    @Test
    void everySummaryAndTurnoverEqualsTheRecountFromAFreshSeed() {
        shop(new Random().nextLong());
    }

    @Test
    @Tag("long")
    void everySummaryAndTurnoverOfAHundredThousandProgramsEqualsTheRecount() {
        for (long seed = 0; seed < 100_000 / DAYS; seed++) {
            shop(seed);
        }
    }

    /** A program a day; the month's turnover is that of all of them. */
    private static void shop(long seed) {
        boolean canadian = seed % 2 == 0;
        String code = canadian ? "CAD" : seed % 3 == 0 ? "JPY" : "EUR";
        Address address = canadian ? Address.of("CA", "QC") : Address.of("DE");
        try (Shop shop = Shop.of(canadian ? CANADIAN : Shop.german())) {
            TaxLedger ledger = shop.ledger();
            Buyer buyer = Buyer.consumer(address).as(Owner.user("u_1"));
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = 0; i < DAYS; i++) {
                try {
                    sum = sum.add(
                            new LedgerProgram(shop, ledger, seed * 1_000 + i, buyer, code, FIRST.plusDays(i)).run());
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError("Program " + i + " of seed " + seed, e);
                }
            }
            TaxTurnoverStore store = shop.matrix.stores().get(TaxTurnoverStore.class);
            BigDecimal counted = shop
                    .matrix
                    .transactions()
                    .returning(tx -> store.since(tx, Shop.SELLER, Set.of("WORLD"), YearMonth.from(FIRST)))
                    .stream()
                    .map(TaxTurnoverStore.TurnoverRow::amount)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(counted).as("turnover of seed " + seed).isEqualByComparingTo(sum);
        }
    }
}
