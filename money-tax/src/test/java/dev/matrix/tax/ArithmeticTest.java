package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import dev.matrix.tax.RoundingPolicy.Inclusive;
import dev.matrix.tax.RoundingPolicy.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ArithmeticTest {

    private static Levy levy(TaxType type, @Nullable String rate) {
        return levy(type, rate, "1", 0);
    }

    private static Levy levy(TaxType type, @Nullable String rate, String fraction, int order) {
        return new Levy(
                "DE",
                type,
                rate == null ? null : new BigDecimal(rate),
                new BigDecimal(fraction),
                order,
                rate == null ? TaxReason.EXEMPT_PRODUCT : TaxReason.STANDARD,
                null,
                null,
                null);
    }

    private static Treatment taxed(Levy... levies) {
        return Treatment.of(List.of(levies));
    }

    private static List<Charge> charges(AmountKind kind, Treatment treatment, String... amounts) {
        List<Charge> charges = new ArrayList<>();
        for (String amount : amounts) {
            charges.add(new Charge("l" + charges.size(), Money.of(amount, "EUR"), kind, treatment));
        }
        return charges;
    }

    private static Arithmetic.Result compute(DocumentKind kind, RoundingPolicy policy, List<Charge> charges) {
        return Arithmetic.compute(kind, Shop.currency("EUR"), charges, jurisdiction -> policy);
    }

    private static Arithmetic.Result compute(AmountKind kind, RoundingPolicy policy, Levy levy, String... amounts) {
        return compute(DocumentKind.INVOICE, policy, charges(kind, taxed(levy), amounts));
    }

    private static Arithmetic.Result standard(AmountKind kind, Levy levy, String... amounts) {
        return compute(kind, RoundingPolicy.standard(), levy, amounts);
    }

    private static List<String> taxes(Arithmetic.Result result) {
        return result.lines().stream().map(line -> plain(line.tax())).toList();
    }

    private static String plain(Money money) {
        return money.amount().toPlainString();
    }

    private static String totals(Arithmetic.Result result) {
        Totals totals = result.totals();
        return plain(totals.net()) + " + " + plain(totals.tax()) + " = " + plain(totals.gross());
    }

    @Test
    @Tag("MT14")
    @Tag("TA3")
    void aRatesTaxIsRoundedOnceAndAllocatedToItsLines() {
        Arithmetic.Result result =
                standard(AmountKind.NET, levy(TaxType.VAT, "20"), "68.33", "68.33", "57.50", "85.00");
        assertThat(taxes(result)).containsExactly("13.67", "13.66", "11.50", "17.00");
        assertThat(totals(result)).isEqualTo("279.16 + 55.83 = 334.99");
    }

    @Test
    @Tag("MT15")
    @Tag("TA3")
    void componentsRoundSeparately() {
        Treatment two = taxed(levy(TaxType.CGST, "5"), levy(TaxType.SGST, "5"));
        Arithmetic.Result result =
                compute(DocumentKind.INVOICE, RoundingPolicy.standard(), charges(AmountKind.NET, two, "10.05"));
        assertThat(result.groups()).extracting(group -> plain(group.tax())).containsExactly("0.50", "0.50");
    }

    @Test
    @Tag("MT15")
    @Tag("TA6")
    void aCreditNotesTaxHasItsBasesSignAndAnInvoiceRefusesANegativeTotal() {
        List<Charge> negative = charges(AmountKind.NET, taxed(levy(TaxType.VAT, "5")), "-2.50");
        assertThat(totals(compute(DocumentKind.CREDIT_NOTE, RoundingPolicy.standard(), negative)))
                .isEqualTo("-2.50 + -0.13 = -2.63");
        assertThatThrownBy(() -> compute(DocumentKind.INVOICE, RoundingPolicy.standard(), negative))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("-2.63 EUR");
    }

    @Test
    @Tag("MT16")
    @Tag("TA2")
    void grossHoldsItsTaxAndEitherPartIsRounded() {
        RoundingPolicy netFirst = RoundingPolicy.standard().with(Inclusive.NET_FIRST);
        Levy four = levy(TaxType.VAT, "4");
        Levy twenty = levy(TaxType.VAT, "20");
        assertThat(totals(standard(AmountKind.GROSS, four, "2.99"))).isEqualTo("2.87 + 0.12 = 2.99");
        assertThat(totals(compute(AmountKind.GROSS, netFirst, four, "2.99"))).isEqualTo("2.88 + 0.11 = 2.99");
        assertThat(totals(standard(AmountKind.GROSS, twenty, "9.99"))).isEqualTo("8.32 + 1.67 = 9.99");
        assertThat(totals(compute(AmountKind.GROSS, netFirst, twenty, "9.99"))).isEqualTo("8.33 + 1.66 = 9.99");
    }

    @Test
    @Tag("MT17")
    void grossLinesOfOneRateShareItsTax() {
        Arithmetic.Result result = standard(AmountKind.GROSS, levy(TaxType.VAT, "21"), "379.00", "379.00");
        assertThat(totals(result)).isEqualTo("626.45 + 131.55 = 758.00");
        assertThat(result.lines()).extracting(line -> plain(line.net())).containsExactly("313.22", "313.23");
    }

    @Test
    @Tag("MT17")
    @Tag("TA1")
    void whatIsUntaxedHasNoRate() {
        List<Charge> mixed = new ArrayList<>(charges(AmountKind.NET, taxed(levy(TaxType.SALES, "10.75")), "24.99"));
        mixed.addAll(charges(AmountKind.NET, taxed(levy(TaxType.SALES, null)), "6.44"));
        Arithmetic.Result result = compute(DocumentKind.INVOICE, RoundingPolicy.standard(), mixed);
        assertThat(totals(result)).isEqualTo("31.43 + 2.69 = 34.12");
        assertThat(result.groups()).extracting(TaxGroup::ratePercent).containsExactly(new BigDecimal("10.75"), null);
    }

    @Test
    @Tag("MT18")
    @Tag("TA3")
    void linesMayBeRoundedInstead() {
        Levy ten = levy(TaxType.VAT, "10");
        RoundingPolicy perLine = RoundingPolicy.standard().with(Level.PER_LINE);
        assertThat(totals(standard(AmountKind.NET, ten, "0.33", "0.33", "0.33")))
                .startsWith("0.99 + 0.10");
        assertThat(totals(compute(AmountKind.NET, perLine, ten, "0.33", "0.33", "0.33")))
                .startsWith("0.99 + 0.09");
        assertThat(totals(compute(AmountKind.GROSS, perLine, ten, "0.36", "0.36", "0.36")))
                .startsWith("0.99 + 0.09");
    }

    @Test
    @Tag("MT18")
    @Tag("TA1")
    void taxesShareTheBaseUnlessTheyAreCompounded() {
        Treatment apart = taxed(levy(TaxType.GST, "5"), levy(TaxType.QST, "9.975"));
        Treatment compound = taxed(levy(TaxType.GST, "5"), levy(TaxType.QST, "9.975", "1", 1));
        Arithmetic.Result one =
                compute(DocumentKind.INVOICE, RoundingPolicy.standard(), charges(AmountKind.NET, apart, "100.00"));
        Arithmetic.Result two =
                compute(DocumentKind.INVOICE, RoundingPolicy.standard(), charges(AmountKind.NET, compound, "100.00"));
        assertThat(totals(one)).isEqualTo("100.00 + 14.98 = 114.98");
        assertThat(one.groups()).extracting(group -> plain(group.tax())).containsExactly("5.00", "9.98");
        assertThat(two.groups()).extracting(group -> plain(group.tax())).containsExactly("5.00", "10.47");
        assertThat(two.groups().get(1).base()).isEqualTo(Money.of("105.00", "EUR"));
    }

    @Test
    @Tag("TA1")
    void aFractionOfThePriceIsTaxedAndOneRateIsOneHoweverItIsWritten() {
        List<Charge> charges =
                new ArrayList<>(charges(AmountKind.NET, taxed(levy(TaxType.SALES, "6.25", "0.80", 0)), "1000.00"));
        charges.addAll(charges(AmountKind.NET, taxed(levy(TaxType.SALES, "6.250", "0.8", 0)), "10.00"));
        Arithmetic.Result result = compute(DocumentKind.INVOICE, RoundingPolicy.standard(), charges);
        assertThat(result.groups()).hasSize(1);
        assertThat(result.groups().get(0).base()).isEqualTo(Money.of("808.00", "EUR"));
        assertThat(result.groups().get(0).tax()).isEqualTo(Money.of("50.50", "EUR"));
    }

    @Test
    @Tag("TA2")
    void netAndGrossOfOneRateAreComputedApartAndPrintedAsOneGroup() {
        Treatment vat = taxed(levy(TaxType.VAT, "19"));
        List<Charge> both = new ArrayList<>(charges(AmountKind.NET, vat, "0.42"));
        both.addAll(charges(AmountKind.GROSS, vat, "0.50"));
        Arithmetic.Result result = compute(DocumentKind.INVOICE, RoundingPolicy.standard(), both);
        assertThat(result.groups()).hasSize(1);
        assertThat(totals(result)).isEqualTo("0.84 + 0.16 = 1.00");
    }

    @Test
    @Tag("TA2")
    void grossUnderSeveralTaxesWithTheNetFirstKeepsItsSum() {
        RoundingPolicy netFirst = RoundingPolicy.standard().with(Inclusive.NET_FIRST);
        Treatment quebec = taxed(levy(TaxType.GST, "5"), levy(TaxType.QST, "9.975"));
        Arithmetic.Result result =
                compute(DocumentKind.INVOICE, netFirst, charges(AmountKind.GROSS, quebec, "99.99", "0.01"));
        assertThat(plain(result.totals().net())).isEqualTo("86.98");
        assertThat(plain(result.totals().gross())).isEqualTo("100.00");
    }

    @Test
    @Tag("TA3")
    void withMixedSignsLeftoversGoToTheLargestFractionInTheirDirection() {
        Arithmetic.Result result = standard(AmountKind.NET, levy(TaxType.VAT, "10"), "0.19", "-0.08", "0.17");
        // Exact: 1.9, −0.8, 1.7 cents; the group is 2.8, so 3.
        assertThat(taxes(result)).containsExactly("0.02", "0.00", "0.01");
    }

    @Test
    @Tag("TA7")
    void whatIsWithheldReducesThePayableAmountAlone() {
        Treatment withheld = taxed(levy(TaxType.GST, "10"), levy(TaxType.WITHHOLDING, "2"));
        for (AmountKind kind : AmountKind.values()) {
            String amount = kind == AmountKind.NET ? "100.00" : "110.00";
            Arithmetic.Result result =
                    compute(DocumentKind.INVOICE, RoundingPolicy.standard(), charges(kind, withheld, amount));
            assertThat(totals(result)).isEqualTo("100.00 + 10.00 = 110.00");
            assertThat(plain(result.totals().withheld())).isEqualTo("2.00");
            assertThat(plain(result.totals().payable())).isEqualTo("108.00");
        }
    }

    @Test
    @Tag("TA5")
    void discountsAreAllocatedToTheLinesByAmount() {
        List<TaxedItem> lines = Shop.items(AmountKind.NET, "EUR", "30.00", "10.00");
        TaxedItem discount = TaxedItem.spread("d", Money.of("-10.01", "EUR"), AmountKind.NET);
        assertThat(Discounts.onto(lines, List.of(discount), Shop.currency("EUR")))
                .extracting(ArithmeticTest::plain)
                .containsExactly("22.49", "7.50");
    }

    @Test
    @Tag("TA5")
    void discountsWithoutAProportionAreRefused() {
        List<TaxedItem> lines = Shop.items(AmountKind.NET, "EUR", "10.00", "-10.00");
        TaxedItem discount = TaxedItem.spread("d", Money.of("-1.00", "EUR"), AmountKind.NET);
        TaxedItem other = TaxedItem.spread("d", Money.of("-1.00", "EUR"), AmountKind.GROSS);
        assertThatThrownBy(() -> Discounts.onto(lines, List.of(discount), Shop.currency("EUR")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("come to zero");
        assertThatThrownBy(() -> Discounts.onto(lines, List.of(other), Shop.currency("EUR")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("another kind");
    }
}
