package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import com.helger.phive.api.execute.ValidationExecutionManager;
import com.helger.phive.api.executorset.IValidationExecutorSet;
import com.helger.phive.api.executorset.ValidationExecutorSetRegistry;
import com.helger.phive.api.result.ValidationResultList;
import com.helger.phive.api.validity.IValidityDeterminator;
import com.helger.phive.en16931.EN16931Validation;
import com.helger.phive.xml.source.IValidationSourceXML;
import com.helger.phive.xml.source.ValidationSourceXML;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Calculations as invoices under the official rules of EN 16931. Those tolerate a whole unit, so equality is asserted here
 * (TA11).
 */
class En16931Test {

    private static final Owner EMBASSY = Owner.user("embassy");
    private static final int KINDS_OF_SALES = 10;
    private static final int SPLIT_PAYMENT = 9;
    private static final TaxId FR_ID = TaxId.parse("FR87314159260");

    private final IValidationExecutorSet<IValidationSourceXML> rules = rules();

    private static IValidationExecutorSet<IValidationSourceXML> rules() {
        ValidationExecutorSetRegistry<IValidationSourceXML> registry = new ValidationExecutorSetRegistry<>();
        EN16931Validation.initEN16931(registry);
        return registry.getOfID(EN16931Validation.VID_UBL_INVOICE_1316);
    }

    private static Shop shop() {
        SellerProfile seller = Shop.german("GB", "ES-CN", "ES-CE").registered(TaxRegistration.unionOss(Shop.LONG_AGO));
        Shop shop =
                Shop.of(seller, wiring -> wiring.proof(id -> new TaxIdProof.Standing(TaxIdProof.State.VALID, null)));
        TaxExemption exemption =
                TaxExemption.of(EMBASSY, "E-1", "Art. 151 of Directive 2006/112/EC", Shop.LONG_AGO, null);
        shop.taxes
                .rates()
                .add(TaxRule.of(
                        "ES-CE", TaxType.IPSI, ProductCategory.STANDARD, "10", Shop.LONG_AGO, "Ceuta's by-law"));
        shop.taxes.exemptions().activate(shop.taxes.exemptions().add(exemption).id());
        return shop;
    }

    private static ProductCategory category(String name) {
        return new ProductCategory(name);
    }

    /** A sale of one of the categories S, Z, E, AE, K, G, O, L, M, B. */
    private static TaxCalculation sale(Shop shop, int which, Random random) {
        int kindOfSale = which % KINDS_OF_SALES;
        Buyer buyer = switch (kindOfSale) {
            case 0 ->
                Buyer.consumer(Address.of(List.of("DE", "FR", "HU", "FI", "LU").get(random.nextInt(5))));
            case 1, 5 -> Buyer.consumer(Address.of("GB"));
            case 2 -> Buyer.consumer(Address.of("DE")).as(EMBASSY);
            case 3, 4 -> Buyer.business(Address.of("FR"), FR_ID);
            case 6 -> Buyer.business(Address.of("AU"), TaxId.parse("AU94314159265"));
            case 7 -> Buyer.consumer(Address.postal("ES", "38001"));
            case 8 -> Buyer.consumer(Address.postal("ES", "51001"));
            default -> Buyer.business(Address.of("IT"), UblInvoice.ITALIAN_ID);
        };
        ProductCategory category = switch (kindOfSale) {
            case 1 -> category("zero");
            case 4, 5 -> category("goods");
            default -> ProductCategory.SAAS;
        };
        AmountKind kind = random.nextBoolean() ? AmountKind.NET : AmountKind.GROSS;
        TaxRequest.Builder request = shop.invoice("EUR", LocalDate.of(2026, 3, 1), buyer);
        int lines = 1 + random.nextInt(8);
        for (int i = 0; i < lines; i++) {
            Money amount = Money.ofMinor(1 + random.nextInt(1_000_000), Shop.currency("EUR"));
            boolean reduced = kindOfSale == 0
                    && buyer.address() != null
                    && buyer.address().country().equals("DE")
                    && random.nextBoolean();
            request.item(new TaxedItem("l" + i, amount, kind, reduced ? category("reduced") : category, false));
            if (kindOfSale == SPLIT_PAYMENT) {
                request.override(new TaxOverride("l" + i, TaxReason.SPLIT_PAYMENT, new BigDecimal("22")));
            }
        }
        if (random.nextInt(3) == 0) {
            request.item(TaxedItem.spread("d", Money.of("-0.01", "EUR"), kind));
        }
        return shop.taxes.calculate(request.build()).orThrow();
    }

    private List<String> failures(TaxCalculation calculation) {
        ValidationResultList results = ValidationExecutionManager.executeValidation(
                IValidityDeterminator.createDefault(),
                rules,
                ValidationSourceXML.create("invoice.xml", parsed(UblInvoice.of(calculation))));
        List<String> failures = new ArrayList<>();
        results.getAllErrors().forEach(error -> failures.add(String.valueOf(error)));
        return failures;
    }

    private static Document parsed(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertSums(TaxCalculation calculation) {
        Totals totals = calculation.totals();
        Money zero = Money.zero(totals.net().currency());
        Money bases = zero;
        Money taxes = zero;
        for (TaxGroup group : calculation.groups()) {
            Money lines = zero;
            Money lineTaxes = zero;
            boolean net = true;
            for (int i = 0; i < calculation.lines().size(); i++) {
                TaxedLine line = calculation.lines().get(i);
                LineTax tax = line.taxes().get(0);
                if (Objects.equals(tax.en16931Category(), group.en16931Category())
                        && isSame(tax.ratePercent(), group.ratePercent())) {
                    lines = lines.plus(line.net());
                    lineTaxes = lineTaxes.plus(tax.tax());
                    net &= calculation.request().items().get(i).kind() == AmountKind.NET;
                }
            }
            assertThat(group.base()).as("BR-S-08").isEqualTo(lines);
            assertThat(group.tax()).isEqualTo(lineTaxes);
            BigDecimal rate = group.ratePercent() == null ? BigDecimal.ZERO : group.ratePercent();
            BigDecimal exact = group.base().amount().multiply(rate).movePointLeft(2);
            Money rounded = Money.ofRounded(exact, zero.currency(), RoundingMode.HALF_UP);
            if (net) {
                assertThat(group.tax()).as("BR-CO-17").isEqualTo(rounded);
            } else {
                assertThat(group.tax().minus(rounded).abs()).isLessThanOrEqualTo(Money.of("0.01", "EUR"));
            }
            bases = bases.plus(group.base());
            taxes = taxes.plus(group.tax());
        }
        assertThat(bases).as("BR-CO-13").isEqualTo(totals.net());
        assertThat(taxes).as("BR-CO-14").isEqualTo(totals.tax());
        assertThat(totals.net().plus(totals.tax())).as("BR-CO-15").isEqualTo(totals.gross());
    }

    private void check(int invoices, long seed) {
        Random random = new Random(seed);
        Set<String> categories = new TreeSet<>();
        try (Shop shop = shop()) {
            for (int i = 0; i < invoices; i++) {
                TaxCalculation calculation = sale(shop, i, random);
                calculation.groups().forEach(group -> categories.add(String.valueOf(group.en16931Category())));
                assertSums(calculation);
                assertThat(failures(calculation))
                        .as("seed %s, invoice %s", seed, i)
                        .isEmpty();
            }
        }
        assertThat(categories).containsExactlyInAnyOrder("S", "Z", "E", "AE", "K", "G", "O", "L", "M", "B");
    }

    @Test
    @Tag("TA11")
    @Tag("TD13")
    void fiftyGeneratedInvoicesOverAllCategoriesKeepTheOfficialRules() {
        check(50, 16931);
    }

    @Test
    @Tag("long")
    @Tag("MT30")
    void twoHundredGeneratedInvoicesKeepTheOfficialRules() {
        check(200, 20);
    }

    @Test
    @Tag("TA11")
    void theOfficialRulesRefuseAnInvoiceWhoseTotalIsWrong() {
        try (Shop shop = shop()) {
            TaxCalculation right = sale(shop, 0, new Random(1));
            Totals totals = right.totals();
            Money off = Money.of("5.00", "EUR");
            Totals wrong = new Totals(
                    totals.net(), totals.tax(), totals.gross().plus(off), totals.withheld(), totals.payable(), null);
            TaxCalculation forged = new TaxCalculation(
                    right.request(),
                    right.lines(),
                    right.groups(),
                    wrong,
                    right.taxDate(),
                    right.rulesVersion(),
                    right.rounding(),
                    null,
                    right.turnover(),
                    right.warnings(),
                    right.trace());
            assertThat(failures(forged)).anyMatch(failure -> failure.contains("BR-CO-15"));
        }
    }

    private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return (one == null) == (other == null);
        }
        return one.compareTo(other) == 0;
    }
}
