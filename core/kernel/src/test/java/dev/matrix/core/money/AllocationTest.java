package dev.matrix.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("M6")
class AllocationTest {

    private static final Currency EUR = Currencies.standard().get("EUR");
    private static final Currency ETH = Currencies.standard().get("ETH");

    @Test
    @Tag("MT3")
    void theCentLeftOverGoesToTheFirstOfEquals() {
        assertThat(Money.of("1.00", EUR).allocate(1, 1, 1)).isEqualTo(euros("0.34", "0.33", "0.33"));
        assertThat(Money.of("-1.00", EUR).allocate(1, 1, 1)).isEqualTo(euros("-0.34", "-0.33", "-0.33"));
        assertThat(Money.of("1.00", EUR).split(3)).isEqualTo(euros("0.34", "0.33", "0.33"));
    }

    @Test
    @Tag("MT3")
    void theLargestRemainderComesFirst() {
        assertThat(Money.of("0.05", EUR).allocate(3, 7)).isEqualTo(euros("0.02", "0.03"));
        assertThat(Money.of("0.05", EUR).allocate(0, 1)).isEqualTo(euros("0.00", "0.05"));
        assertThat(Money.of("0.10", EUR).allocate(1, 8, 9)).isEqualTo(euros("0.01", "0.04", "0.05"));
    }

    @Test
    @Tag("MT3")
    void ratiosThatNameNobodyAreRefused() {
        Money money = Money.of("0.05", EUR);

        Stream.<Runnable>of(
                        () -> money.allocate(0, 0),
                        money::allocate,
                        () -> money.allocate(1, -1),
                        () -> money.allocate(List.of()),
                        () -> money.allocate(List.of(BigDecimal.ZERO)),
                        () -> money.allocate(List.of(BigDecimal.ONE, new BigDecimal("-0.1"))),
                        () -> money.allocate(List.of(BigDecimal.ZERO, BigDecimal.ZERO.setScale(30))),
                        () -> money.split(0),
                        () -> money.split(-1))
                .forEach(refused -> assertThatThrownBy(refused::run).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void decimalRatiosAreExact() {
        assertThat(Money.of("100", EUR)
                        .allocate(List.of(new BigDecimal("0.5"), new BigDecimal("1.25"), BigDecimal.ZERO)))
                .isEqualTo(euros("28.57", "71.43", "0.00"));
        assertThat(Money.of("1", EUR).allocate(List.of(new BigDecimal("1E+25"), new BigDecimal("3E+25"))))
                .isEqualTo(euros("0.25", "0.75"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyAllocationKeepsTheRule(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 1_500; round++) {
            Money money = Money.ofMinor(new BigInteger(1 + random.nextInt(seed > 3 ? 90 : 40), random), ETH);
            long[] ratios = LongStream.range(0, 1 + random.nextInt(12))
                    .map(i ->
                            random.nextInt(4) == 0 ? random.nextInt(3) : random.nextLong() >>> (1 + random.nextInt(62)))
                    .toArray();
            if (Arrays.stream(ratios).allMatch(ratio -> ratio == 0)) {
                continue;
            }
            List<BigDecimal> decimals =
                    Arrays.stream(ratios).mapToObj(BigDecimal::valueOf).toList();

            List<Money> parts = money.allocate(ratios);

            assertThat(parts).isEqualTo(oracle(money, ratios));
            assertThat(parts.stream().collect(Money.summing(ETH))).isEqualTo(money);
            assertThat(money.allocate(decimals)).isEqualTo(parts);
            assertThat(money.negated().allocate(ratios))
                    .isEqualTo(parts.stream().map(Money::negated).toList());
            BigInteger total = decimals.stream().map(BigDecimal::toBigInteger).reduce(BigInteger.ZERO, BigInteger::add);
            for (int i = 0; i < ratios.length; i++) {
                BigInteger off = parts.get(i)
                        .minorUnits()
                        .multiply(total)
                        .subtract(money.minorUnits().multiply(BigInteger.valueOf(ratios[i])));
                assertThat(off.abs()).isLessThan(total);
                assertThat(ratios[i] != 0 || parts.get(i).isZero()).isTrue();
            }
        }
    }

    /** The rule's own words, with a sort. */
    private static List<Money> oracle(Money money, long[] ratios) {
        BigDecimal total = Arrays.stream(ratios).mapToObj(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal amount = new BigDecimal(money.minorUnits());
        List<BigDecimal> shares = new ArrayList<>();
        List<BigDecimal> remainders = new ArrayList<>();
        for (long ratio : ratios) {
            BigDecimal product = amount.multiply(BigDecimal.valueOf(ratio));
            BigDecimal share = product.divide(total, 0, RoundingMode.DOWN);
            shares.add(share);
            remainders.add(product.subtract(share.multiply(total)));
        }
        int left = amount.subtract(shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .intValueExact();
        IntStream.range(0, ratios.length)
                .boxed()
                .sorted(Comparator.comparing(remainders::get, Collections.reverseOrder()))
                .limit(left)
                .forEach(i -> shares.set(i, shares.get(i).add(BigDecimal.ONE)));
        return shares.stream()
                .map(share -> Money.ofMinor(share.toBigIntegerExact(), money.currency()))
                .toList();
    }

    private static List<Money> euros(String... amounts) {
        return Arrays.stream(amounts).map(amount -> Money.of(amount, EUR)).toList();
    }
}
