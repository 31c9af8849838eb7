package dev.matrix.core.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.money.Currency.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation against plain BigDecimal, on amounts that crowd around zero, ties and the edges of a long. */
@Tag("M1")
@Tag("M2")
class MoneyOracleTest {

    private static final int ROUNDS = 4_000;
    private static final long SEED = 18;
    private static final BigInteger[] EDGES = {
        BigInteger.ZERO,
        BigInteger.ONE,
        BigInteger.valueOf(50),
        BigInteger.valueOf(Integer.MAX_VALUE),
        BigInteger.ONE.shiftLeft(62),
        BigInteger.ONE.shiftLeft(63),
        BigInteger.ONE.shiftLeft(64),
        BigInteger.TEN.pow(18),
        BigInteger.TEN.pow(19)
    };

    @ParameterizedTest
    @EnumSource(RoundingMode.class)
    void productsAndQuotientsAreRoundedOnceFromTheExactValue(RoundingMode mode) {
        Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            Currency currency = currency(random);
            Money money = money(random, currency);
            BigDecimal factor = decimal(random);
            String what = money + " by " + factor + ' ' + mode;

            assertThat(outcome(() -> money.times(factor, mode).amount()))
                    .as(what)
                    .isEqualTo(outcome(() -> money.amount().multiply(factor).setScale(currency.scale(), mode)));
            assertThat(outcome(() -> money.dividedBy(factor, mode).amount()))
                    .as(what)
                    .isEqualTo(outcome(() -> money.amount().divide(factor, currency.scale(), mode)));
            assertThat(outcome(() -> Money.ofRounded(factor, currency, mode).amount()))
                    .as(what)
                    .isEqualTo(outcome(() -> factor.setScale(currency.scale(), mode)));
        }
    }

    @ParameterizedTest
    @EnumSource(RoundingMode.class)
    void tiesAndTheirNeighboursRoundAsTheModeSays(RoundingMode mode) {
        Currency currency = new Currency("XUNIT", 0, Kind.FIAT);
        for (long minor = -60; minor <= 60; minor++) {
            for (int divisor = -20; divisor <= 20; divisor++) {
                Money money = Money.ofMinor(minor, currency);
                BigDecimal by = BigDecimal.valueOf(divisor);

                assertThat(outcome(() -> money.dividedBy(by, mode).amount()))
                        .isEqualTo(outcome(() -> money.amount().divide(by, 0, mode)));
                assertThat(outcome(() -> money.times(by.movePointLeft(1), mode).amount()))
                        .isEqualTo(outcome(() ->
                                money.amount().multiply(by.movePointLeft(1)).setScale(0, mode)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sumsProductsAndOrderAreThoseOfTheMinorUnits(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Currency currency = currency(random);
            Money left = money(random, currency);
            Money right = money(random, currency);
            BigInteger a = left.minorUnits();
            BigInteger b = right.minorUnits();
            long factor = integer(random).longValue();

            assertThat(left.plus(right)).isEqualTo(Money.ofMinor(a.add(b), currency));
            assertThat(left.minus(right)).isEqualTo(Money.ofMinor(a.subtract(b), currency));
            assertThat(left.negated()).isEqualTo(Money.ofMinor(a.negate(), currency));
            assertThat(left.abs()).isEqualTo(Money.ofMinor(a.abs(), currency));
            assertThat(left.times(factor)).isEqualTo(Money.ofMinor(a.multiply(BigInteger.valueOf(factor)), currency));
            assertThat(Integer.signum(left.compareTo(right))).isEqualTo(a.compareTo(b));
            assertThat(left.signum()).isEqualTo(a.signum());
            assertThat(left.equals(right)).isEqualTo(a.equals(b));
            assertThat(left.plus(right).minus(right)).isEqualTo(left).hasSameHashCodeAs(left);
        }
    }

    @ParameterizedTest
    @Tag("M3")
    @ValueSource(longs = {1, 2, 3})
    void textIsReadBackWhateverItsLength(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Currency currency = currency(random);
            Money money = money(random, currency);
            String stripped = money.amount().stripTrailingZeros().toPlainString();

            assertThat(Money.of(money.amount().toPlainString(), currency)).isEqualTo(money);
            assertThat(Money.of(stripped, currency)).isEqualTo(money);
            assertThat(Money.of(money.amount(), currency)).isEqualTo(money);
        }
    }

    @ParameterizedTest
    @EnumSource(value = RoundingMode.class, names = "UNNECESSARY", mode = EnumSource.Mode.EXCLUDE)
    void jodaMoneyAgrees(RoundingMode mode) {
        Random random = new Random(SEED);
        Currency eur = Currencies.standard().get("EUR");
        for (int i = 0; i < ROUNDS; i++) {
            Money left = money(random, eur);
            Money right = money(random, eur);
            BigDecimal factor = decimal(random);
            org.joda.money.Money joda = org.joda.money.Money.of(CurrencyUnit.EUR, left.amount());

            assertThat(left.times(factor, mode).amount())
                    .isEqualTo(joda.multipliedBy(factor, mode).getAmount());
            assertThat(left.plus(right).amount())
                    .isEqualTo(joda.plus(right.amount()).getAmount());
            if (factor.signum() != 0) {
                assertThat(left.dividedBy(factor, mode).amount())
                        .isEqualTo(joda.dividedBy(factor, mode).getAmount());
            }
        }
    }

    /** The value, or that there is none: both sides must throw alike. */
    private static Object outcome(Supplier<BigDecimal> computed) {
        try {
            return Objects.requireNonNull(computed.get());
        } catch (ArithmeticException none) {
            return ArithmeticException.class;
        }
    }

    private static Currency currency(Random random) {
        return new Currency("XRANDOM", random.nextInt(31), Kind.CRYPTO);
    }

    private static Money money(Random random, Currency currency) {
        return Money.ofMinor(integer(random), currency);
    }

    private static BigDecimal decimal(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new BigDecimal(integer(random), random.nextInt(25) - 3);
            case 1 -> BigDecimal.valueOf(random.nextInt(41) - 20, 1);
            case 2 -> BigDecimal.valueOf(5L * (random.nextInt(201) - 100), random.nextInt(6));
            default -> BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, random.nextInt(19));
        };
    }

    private static BigInteger integer(Random random) {
        BigInteger size = random.nextBoolean()
                ? EDGES[random.nextInt(EDGES.length)].add(BigInteger.valueOf(random.nextInt(5) - 2))
                : new BigInteger(random.nextInt(70), random);
        return random.nextBoolean() ? size : size.negate();
    }
}
