package dev.matrix.tax;

import dev.matrix.core.money.Money;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** A calculation as the UBL invoice that a host would make of it: all figures and codes are the calculation's. */
final class UblInvoice {

    private static final String ROOT = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
    private static final String CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private static final String CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    /** What is printed once for a category and a rate. */
    private record Key(String category, @Nullable BigDecimal rate) {}

    /** Its sums and its reason. */
    private record Part(
            Money base,
            Money tax,
            @Nullable String code,
            @Nullable String note) {

        Part plus(TaxGroup group) {
            return new Part(base.plus(group.base()), tax.plus(group.tax()), code, note);
        }
    }

    /** Split payment exists between parties of Italy alone (BR-B-01). */
    static final TaxId ITALIAN_ID = TaxId.parse("IT31415920011");

    private final TaxCalculation calculation;
    private final String currency;
    private final XMLStreamWriter out;
    private final StringWriter text = new StringWriter();

    private UblInvoice(TaxCalculation calculation) throws XMLStreamException {
        this.calculation = calculation;
        this.currency = calculation.request().currency().code();
        this.out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
    }

    static String of(TaxCalculation calculation) {
        try {
            UblInvoice invoice = new UblInvoice(calculation);
            invoice.write();
            return invoice.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write() throws XMLStreamException {
        out.writeStartElement("Invoice");
        out.writeDefaultNamespace(ROOT);
        out.writeNamespace("cac", CAC);
        out.writeNamespace("cbc", CBC);
        basic("CustomizationID", "urn:cen.eu:en16931:2017");
        basic("ID", "INV-1");
        basic("IssueDate", calculation.taxDate().toString());
        basic("InvoiceTypeCode", "380");
        basic("DocumentCurrencyCode", currency);
        if (calculation.request().taxCurrency() != null) {
            basic("TaxCurrencyCode", calculation.request().taxCurrency().code());
        }
        boolean outside = calculation.groups().stream().allMatch(group -> "O".equals(group.en16931Category()));
        boolean italian = calculation.groups().stream().anyMatch(group -> "B".equals(group.en16931Category()));
        TaxId sellerId = italian ? ITALIAN_ID : Shop.DE_ID;
        party("AccountingSupplierParty", sellerId.prefix(), outside ? null : sellerId.text());
        Buyer buyer = calculation.request().buyer();
        String country = buyer.address() == null ? "DE" : buyer.address().country();
        String buyerId = outside || buyer.taxIds().isEmpty()
                ? null
                : buyer.taxIds().get(0).text();
        party("AccountingCustomerParty", country, buyerId);
        if (calculation.groups().stream().anyMatch(group -> "K".equals(group.en16931Category()))) {
            delivery(country);
        }
        open("PaymentTerms");
        basic("Note", "30 days");
        close();
        taxTotals();
        totals();
        int number = 1;
        for (TaxedLine line : calculation.lines()) {
            line(number++, line);
        }
        close();
        out.flush();
    }

    private void party(String role, String country, @Nullable String vatId) throws XMLStreamException {
        open(role);
        open("Party");
        open("PostalAddress");
        open("Country");
        basic("IdentificationCode", country);
        close();
        close();
        if (vatId != null) {
            open("PartyTaxScheme");
            basic("CompanyID", vatId);
            scheme();
            close();
        }
        open("PartyLegalEntity");
        basic("RegistrationName", "A party");
        basic("CompanyID", "HRB 1");
        close();
        close();
        close();
    }

    private void delivery(String country) throws XMLStreamException {
        open("Delivery");
        basic("ActualDeliveryDate", calculation.taxDate().toString());
        open("DeliveryLocation");
        open("Address");
        open("Country");
        basic("IdentificationCode", country);
        close();
        close();
        close();
        close();
    }

    private void taxTotals() throws XMLStreamException {
        Map<Key, Part> parts = new LinkedHashMap<>();
        for (TaxGroup group : calculation.groups()) {
            String category = group.en16931Category() == null ? "S" : group.en16931Category();
            BigDecimal rate = rate(category, group.ratePercent());
            parts.merge(
                    new Key(category, rate),
                    new Part(group.base(), group.tax(), group.vatexCode(), group.legalNote()),
                    (former, more) -> former.plus(group));
        }
        open("TaxTotal");
        amount("TaxAmount", calculation.totals().tax());
        for (Map.Entry<Key, Part> part : parts.entrySet()) {
            open("TaxSubtotal");
            amount("TaxableAmount", part.getValue().base());
            amount("TaxAmount", part.getValue().tax());
            open("TaxCategory");
            category(part.getKey().category(), part.getKey().rate());
            if (part.getValue().code() != null) {
                basic("TaxExemptionReasonCode", part.getValue().code());
            }
            if (part.getValue().note() != null) {
                basic("TaxExemptionReason", part.getValue().note());
            }
            scheme();
            close();
            close();
        }
        close();
        if (calculation.totals().taxInTaxCurrency() != null) {
            open("TaxTotal");
            amount("TaxAmount", calculation.totals().taxInTaxCurrency());
            close();
        }
    }

    /** EN 16931 writes 0 where we say that an exempt supply has no rate, and nothing out of scope. */
    private static @Nullable BigDecimal rate(String category, @Nullable BigDecimal rate) {
        return category.equals("O") ? null : rate == null ? BigDecimal.ZERO : rate;
    }

    private void category(String category, @Nullable BigDecimal rate) throws XMLStreamException {
        basic("ID", category);
        if (rate != null) {
            basic("Percent", rate.toPlainString());
        }
    }

    private void scheme() throws XMLStreamException {
        open("TaxScheme");
        basic("ID", "VAT");
        close();
    }

    private void totals() throws XMLStreamException {
        Totals totals = calculation.totals();
        open("LegalMonetaryTotal");
        amount("LineExtensionAmount", totals.net());
        amount("TaxExclusiveAmount", totals.net());
        amount("TaxInclusiveAmount", totals.gross());
        amount("PayableAmount", totals.payable());
        close();
    }

    private void line(int number, TaxedLine line) throws XMLStreamException {
        LineTax tax = line.taxes().get(0);
        String category = tax.en16931Category() == null ? "S" : tax.en16931Category();
        open("InvoiceLine");
        basic("ID", Integer.toString(number));
        out.writeStartElement("cbc", "InvoicedQuantity", CBC);
        out.writeAttribute("unitCode", "C62");
        out.writeCharacters("1");
        out.writeEndElement();
        amount("LineExtensionAmount", line.net());
        open("Item");
        basic("Name", "Software");
        open("ClassifiedTaxCategory");
        category(category, rate(category, tax.ratePercent()));
        scheme();
        close();
        close();
        open("Price");
        amount("PriceAmount", line.net());
        close();
        close();
    }

    private void open(String name) throws XMLStreamException {
        out.writeStartElement("cac", name, CAC);
    }

    private void close() throws XMLStreamException {
        out.writeEndElement();
    }

    private void basic(String name, String value) throws XMLStreamException {
        out.writeStartElement("cbc", name, CBC);
        out.writeCharacters(value);
        out.writeEndElement();
    }

    private void amount(String name, Money money) throws XMLStreamException {
        out.writeStartElement("cbc", name, CBC);
        out.writeAttribute("currencyID", money.currency().code());
        out.writeCharacters(money.amount().toPlainString());
        out.writeEndElement();
    }
}
