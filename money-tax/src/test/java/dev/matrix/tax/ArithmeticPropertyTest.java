package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.tax.RoundingPolicy.Inclusive;
import dev.matrix.tax.RoundingPolicy.Level;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any document; a failure names its seed. */
class ArithmeticPropertyTest {

    private static final int DOCUMENTS_A_SEED = 100;
    private static final String[] RATES = {"0", "5", "6.25", "8.1", "9.975", "19", "25.5"};
    private static final String[] FRACTIONS = {"1", "1", "1", "0.8", "0.5"};

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 20);
    }

    private static final List<TaxType> TYPES = List.of(TaxType.GST, TaxType.PST, TaxType.QST);

    private static Treatment treatment(Random random) {
        List<Levy> levies = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            boolean taxed = random.nextInt(6) > 0;
            levies.add(new Levy(
                    "CA",
                    TYPES.get(i),
                    taxed ? new BigDecimal(RATES[random.nextInt(RATES.length)]) : null,
                    new BigDecimal(FRACTIONS[random.nextInt(FRACTIONS.length)]),
                    random.nextInt(2),
                    taxed ? TaxReason.STANDARD : TaxReason.EXEMPT_PRODUCT,
                    null,
                    null,
                    null));
        }
        if (random.nextInt(8) == 0) {
            levies.add(new Levy(
                    "CA",
                    TaxType.WITHHOLDING,
                    BigDecimal.TEN,
                    BigDecimal.ONE,
                    0,
                    TaxReason.STANDARD,
                    null,
                    null,
                    null));
        }
        return Treatment.of(levies);
    }

    private static List<Charge> document(Random random, Currency currency) {
        List<Treatment> treatments = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> treatment(random))
                .toList();
        List<Charge> charges = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            BigInteger minor = new BigInteger(currency.scale() > 2 ? 70 : 18, random);
            minor = random.nextInt(5) == 0 ? minor.negate() : minor;
            charges.add(new Charge(
                    "l" + i,
                    Money.ofMinor(minor, currency),
                    random.nextBoolean() ? AmountKind.NET : AmountKind.GROSS,
                    treatments.get(random.nextInt(treatments.size()))));
        }
        return charges;
    }

    private static Arithmetic.Result compute(List<Charge> charges, RoundingPolicy policy) {
        Currency currency = charges.get(0).amount().currency();
        return Arithmetic.compute(DocumentKind.CREDIT_NOTE, currency, charges, jurisdiction -> policy);
    }

    private static RoundingPolicy policy(Random random) {
        return RoundingPolicy.standard()
                .with(random.nextBoolean() ? Level.PER_RATE : Level.PER_LINE)
                .with(random.nextBoolean() ? Inclusive.TAX_FIRST : Inclusive.NET_FIRST);
    }

    private static Money sum(Currency currency, List<Money> parts) {
        return parts.stream().collect(Money.summing(currency));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("TA4")
    void everythingAddsUp(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < DOCUMENTS_A_SEED; i++) {
            Currency currency = Shop.currency(List.of("EUR", "JPY", "ETH").get(random.nextInt(3)));
            List<Charge> charges = document(random, currency);
            Arithmetic.Result result = compute(charges, policy(random));
            Totals totals = result.totals();

            assertThat(totals.net().plus(totals.tax())).isEqualTo(totals.gross());
            assertThat(totals.gross().minus(totals.withheld())).isEqualTo(totals.payable());
            assertThat(sum(currency, result.lines().stream().map(TaxedLine::net).toList()))
                    .isEqualTo(totals.net());
            assertThat(sum(currency, result.lines().stream().map(TaxedLine::tax).toList()))
                    .isEqualTo(totals.tax());
            assertThat(sum(
                            currency,
                            result.groups().stream()
                                    .filter(group -> group.type() != TaxType.WITHHOLDING)
                                    .map(TaxGroup::tax)
                                    .toList()))
                    .isEqualTo(totals.tax());
            for (int k = 0; k < charges.size(); k++) {
                TaxedLine line = result.lines().get(k);
                Charge charge = charges.get(k);
                assertThat(line.net().plus(line.tax())).isEqualTo(line.gross());
                assertThat(charge.kind() == AmountKind.NET ? line.net() : line.gross())
                        .isEqualTo(charge.amount());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("TA4")
    void theOrderOfLinesAndTheirSplitsChangeNoTotal(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < DOCUMENTS_A_SEED; i++) {
            List<Charge> charges = document(random, Shop.currency("EUR"));
            RoundingPolicy policy =
                    RoundingPolicy.standard().with(random.nextBoolean() ? Inclusive.TAX_FIRST : Inclusive.NET_FIRST);
            Arithmetic.Result first = compute(charges, policy);

            List<Charge> reordered = new ArrayList<>(charges);
            Collections.shuffle(reordered, random);
            List<Charge> split = new ArrayList<>();
            for (Charge charge : reordered) {
                Money part = Money.ofMinor(random.nextInt(1000), charge.amount().currency());
                split.add(new Charge(charge.id(), charge.amount().minus(part), charge.kind(), charge.treatment()));
                split.add(new Charge(charge.id() + "b", part, charge.kind(), charge.treatment()));
            }
            Arithmetic.Result second = compute(split, policy);
            assertThat(second.totals()).isEqualTo(first.totals());
            assertThat(second.groups()).containsExactlyInAnyOrderElementsOf(first.groups());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("TA6")
    void aCreditNoteOfAllAmountsIsTheNegationOfItsInvoice(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < DOCUMENTS_A_SEED; i++) {
            Currency currency = Shop.currency(List.of("EUR", "JPY", "ETH").get(random.nextInt(3)));
            RoundingPolicy policy = policy(random);
            List<Charge> charges = document(random, currency);
            Arithmetic.Result invoice = compute(charges, policy);
            Arithmetic.Result note = compute(
                    charges.stream()
                            .map(charge -> new Charge(
                                    charge.id(), charge.amount().negated(), charge.kind(), charge.treatment()))
                            .toList(),
                    policy);
            for (int k = 0; k < charges.size(); k++) {
                TaxedLine line = invoice.lines().get(k);
                TaxedLine back = note.lines().get(k);
                assertThat(back.net()).isEqualTo(line.net().negated());
                assertThat(back.taxes())
                        .extracting(LineTax::tax)
                        .containsExactlyElementsOf(line.taxes().stream()
                                .map(tax -> tax.tax().negated())
                                .toList());
            }
            assertThat(note.totals().gross()).isEqualTo(invoice.totals().gross().negated());
            assertThat(note.totals().payable())
                    .isEqualTo(invoice.totals().payable().negated());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("TA3")
    void anAllocationLosesNothingAndStaysWithinAUnitOfTheExactShare(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < DOCUMENTS_A_SEED; i++) {
            BigInteger denominator = BigInteger.valueOf(1 + random.nextInt(9999));
            // Amounts of euros, of wei, and of more than a long holds.
            int wide = 40 * random.nextInt(3);
            BigInteger[] numerators = IntStream.rangeClosed(0, random.nextInt(9))
                    .mapToObj(k -> BigInteger.valueOf(random.nextInt(2_000_000) - 1_000_000L)
                            .shiftLeft(wide))
                    .toArray(BigInteger[]::new);
            BigInteger sum = BigInteger.ZERO;
            for (BigInteger numerator : numerators) {
                sum = sum.add(numerator);
            }
            BigInteger total = Shares.round(sum, denominator, java.math.RoundingMode.HALF_UP);
            BigInteger[] shares = Shares.allocate(total, numerators, denominator);
            BigInteger allocated = BigInteger.ZERO;
            for (int k = 0; k < shares.length; k++) {
                allocated = allocated.add(shares[k]);
                assertThat(shares[k]
                                .multiply(denominator)
                                .subtract(numerators[k])
                                .abs())
                        .isLessThanOrEqualTo(denominator);
            }
            assertThat(allocated).isEqualTo(total);
        }
    }
}
