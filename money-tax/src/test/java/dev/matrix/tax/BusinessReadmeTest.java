package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.TaxIdChecked;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.tax.vies.ViesVerifier;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sales to businesses as TAX.md shows them. */
class BusinessReadmeTest {

    private static final String VALID = "{\"valid\":true,\"requestIdentifier\":\"WAPI1\"}";

    private final LocalDate today = LocalDate.of(2026, 3, 1);
    private final Currency eur = Shop.currency("EUR");
    private final TaxedItem seats = TaxedItem.net("seats", Money.of("100.00", "EUR"), ProductCategory.SAAS);
    private final Matrix matrix = Matrix.builder()
            .stores(Stores.inMemory())
            .clock(ManualClock.at("2026-03-02T10:00:00Z"))
            .transport(ScriptedTransport.replying(ScriptedTransport.reply(200, Map.of(), VALID)))
            .build();
    private final Taxes taxes = Taxes.on(matrix)
            .seller(Shop.german())
            .ids(TaxIds.on(matrix).verifier(ViesVerifier.create()).build())
            .build();

    @Test
    void theSixLines() throws Exception {
        // six lines
        TaxId id = TaxId.parse("FR 87 314159260");
        TaxIdCheck check = taxes.ids().verify(id);
        Buyer buyer = Buyer.business(Address.of("FR"), id).as(Owner.user("u_42"));
        TaxRequest request = TaxRequest.invoice("acme", eur, TaxPoint.on(today), buyer)
                .item(seats)
                .build();
        TaxTransaction sale = taxes.commit(taxes.calculate(request).orThrow(), "invoice-2");
        String note = sale.calculation().groups().get(0).legalNote(Locale.FRENCH);
        // end

        assertThat(check.status()).isEqualTo(TaxIdStatus.VALID);
        assertThat(sale.calculation().totals().tax()).isEqualTo(Money.of("0.00", "EUR"));
        assertThat(note).isEqualTo("Autoliquidation");
        String source = Files.readString(Path.of("src/test/java/dev/matrix/tax/BusinessReadmeTest.java"));
        String shown = Files.readString(Path.of("TAX.md"));
        String six = source.substring(source.indexOf("// six lines") + 12, source.indexOf("// end"));
        assertThat(plain(shown)).contains(plain(six));
    }

    /** Without comments and spaces, which a formatter moves. */
    private static String plain(String code) {
        return code.replaceAll("//[^\n]*", "").replaceAll("\\s", "");
    }

    @Test
    @Tag("TD6")
    void aPendingIdIsChargedAndTheSaleIsMadeAgainOnceItsRegisterHasAnswered() {
        TaxId id = TaxId.parse("FR87314159260");
        Buyer buyer = Buyer.business(Address.of("FR"), id).as(Owner.user("u_42"));
        TaxRequest request = TaxRequest.invoice("acme", eur, TaxPoint.on(today), buyer)
                .item(seats)
                .build();
        TaxCalculation charged = taxes.calculate(request).orThrow();
        assertThat(charged.warnings()).contains(Warning.TAX_ID_PENDING);
        assertThat(charged.totals().tax()).isEqualTo(Money.of("19.00", "EUR"));
        TaxTransaction sale = taxes.commit(charged, "invoice-2");

        taxes.ids().verify(id);
        List<String> named = matrix.events().page(EventQuery.all(), PageRequest.first(100)).items().stream()
                .map(BillingEvent::payload)
                .filter(TaxIdChecked.class::isInstance)
                .flatMap(payload -> ((TaxIdChecked) payload).transactionIds().stream())
                .toList();
        assertThat(named).containsExactly(sale.id());
        taxes.reverse(sale.id(), new Reversal.Full("invoice-2-cancelled"));
        TaxTransaction again = taxes.commit(taxes.calculate(request).orThrow(), "invoice-2-corrected");

        assertThat(again.calculation().totals().tax()).isEqualTo(Money.of("0.00", "EUR"));
        assertThat(taxes.summary("acme", today, today))
                .allSatisfy(row -> assertThat(row.tax().isZero()).isTrue());
    }

    @Test
    @Tag("TD13")
    void legalNotesAreInTheLanguageAskedForElseInEnglish() {
        TaxGroup reverse = new TaxGroup(
                "FR",
                TaxType.VAT,
                null,
                Money.of("1.00", "EUR"),
                Money.of("0.00", "EUR"),
                TaxReason.REVERSE_CHARGE,
                "AE",
                "VATEX-EU-AE",
                "Reverse charge");
        assertThat(reverse.legalNote(Locale.GERMAN)).isEqualTo("Steuerschuldnerschaft des Leistungsempfängers");
        assertThat(reverse.legalNote(Locale.forLanguageTag("pt-BR"))).isEqualTo("Autoliquidação");
        assertThat(reverse.legalNote(Locale.JAPANESE)).isEqualTo("Reverse charge");
        TaxGroup certificate = new TaxGroup(
                "FR",
                TaxType.VAT,
                null,
                Money.of("1.00", "EUR"),
                Money.of("0.00", "EUR"),
                TaxReason.EXPORT,
                "G",
                null,
                "A rule's own text");
        assertThat(certificate.legalNote(Locale.GERMAN)).isEqualTo("A rule's own text");
    }
}
