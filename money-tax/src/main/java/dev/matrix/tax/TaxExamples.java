package dev.matrix.tax;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.tax.TaxRequests.CreateExemption;
import dev.matrix.tax.TaxRequests.CreateRate;
import dev.matrix.tax.TaxRequests.CreateTransaction;
import dev.matrix.tax.TaxRequests.Document;
import dev.matrix.tax.TaxRequests.Item;
import dev.matrix.tax.TaxRequests.Party;
import dev.matrix.tax.TaxRequests.RateSearch;
import dev.matrix.tax.TaxRequests.Registration;
import dev.matrix.tax.TaxRequests.ReplaceRegistrations;
import dev.matrix.tax.TaxRequests.Reverse;
import dev.matrix.tax.TaxRequests.RevokeExemption;
import dev.matrix.tax.TaxRequests.SummaryOf;
import dev.matrix.tax.TaxRequests.TransactionId;
import dev.matrix.tax.TaxRequests.TransactionSearch;
import dev.matrix.tax.TaxRequests.Validate;
import dev.matrix.tax.TaxViews.CalculationView;
import dev.matrix.tax.TaxViews.ExemptionView;
import dev.matrix.tax.TaxViews.GroupView;
import dev.matrix.tax.TaxViews.LineView;
import dev.matrix.tax.TaxViews.RateView;
import dev.matrix.tax.TaxViews.RegistrationView;
import dev.matrix.tax.TaxViews.ReversalView;
import dev.matrix.tax.TaxViews.ThresholdView;
import dev.matrix.tax.TaxViews.TransactionView;
import dev.matrix.tax.TaxViews.ValidationView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One example for each operation: a German seller with the one-stop shop sells seats to a consumer in France. */
final class TaxExamples {

    static final String SELLER = "acme";
    static final Owner OWNER = Owner.user("u_42");

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
    private static final Currency EUR = Currencies.standard().get("EUR");
    private static final String RULES = "seed-2026-10.0";
    private static final BigDecimal TWENTY = new BigDecimal("20");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private TaxExamples() {}

    private static Money eur(String amount) {
        return Money.of(amount, EUR);
    }

    static final Document DOCUMENT = new Document(
            SELLER,
            DocumentKind.INVOICE,
            EUR,
            DAY,
            null,
            new Party(OWNER, BuyerKind.CONSUMER, Address.of("FR"), null, null),
            List.of(new Item("seats", eur("79.00"), AmountKind.NET, "digital.saas", false)),
            null,
            null,
            null);

    private static final List<TaxedLine> LINES = List.of(new TaxedLine(
            "seats",
            eur("79.00"),
            eur("15.80"),
            eur("94.80"),
            List.of(new LineTax("FR", TaxType.VAT, TWENTY, eur("79.00"), eur("15.80"), TaxReason.STANDARD, "S"))));
    private static final List<TaxGroup> GROUPS = List.of(
            new TaxGroup("FR", TaxType.VAT, TWENTY, eur("79.00"), eur("15.80"), TaxReason.STANDARD, "S", null, null));
    private static final Totals TOTALS =
            new Totals(eur("79.00"), eur("15.80"), eur("94.80"), eur("0.00"), eur("94.80"), null);

    static final CalculationView CALCULATION = new CalculationView(
            "txc_1",
            NOW.plusSeconds(86_400),
            LINES,
            GROUPS,
            TOTALS,
            DAY,
            null,
            RULES,
            Set.of(),
            List.of("registrations: [DE LOCAL, EU UNION_OSS] on 2026-11-22", "location: FR by the address"));

    static final CreateTransaction COMMIT = new CreateTransaction("txc_1", null, "invoice-1");
    static final TransactionView TRANSACTION = new TransactionView(
            "ttx_1",
            "invoice-1",
            SELLER,
            OWNER,
            DocumentKind.INVOICE,
            EUR,
            DAY,
            LINES,
            GROUPS,
            TOTALS,
            null,
            RULES,
            Set.of(),
            NOW,
            eur("94.80"),
            List.of());
    static final TransactionSearch TRANSACTIONS = new TransactionSearch(SELLER, null, 20, null);
    static final TransactionId TRANSACTION_ID = new TransactionId("ttx_1");

    static final Reverse REVERSE = new Reverse("ttx_1", "refund-1", null, null, eur("12.00"));
    static final ReversalView REVERSAL = new ReversalView(
            "trv_1",
            "refund-1",
            eur("10.00"),
            eur("2.00"),
            eur("12.00"),
            List.of(new LineView("seats", eur("10.00"), eur("2.00"), eur("12.00"))),
            List.of(new GroupView("FR", TaxType.VAT, TWENTY, TaxReason.STANDARD, "S", eur("10.00"), eur("2.00"))),
            eur("82.80"),
            NOW,
            null);

    static final CreateExemption CREATE_EXEMPTION = new CreateExemption(
            OWNER, "C-7", "Embassy of Freedonia", null, List.of("DE"), null, HUNDRED, DAY, null, null);
    static final ExemptionView EXEMPTION = exemption(TaxExemption.Status.PENDING, null);
    static final ExemptionView ACTIVE_EXEMPTION = exemption(TaxExemption.Status.ACTIVE, null);
    static final RevokeExemption REVOKE_EXEMPTION = new RevokeExemption("txe_1", DAY.plusDays(9));
    static final ExemptionView REVOKED_EXEMPTION = exemption(TaxExemption.Status.REVOKED, DAY.plusDays(9));

    private static ExemptionView exemption(TaxExemption.Status status, @Nullable LocalDate revokedFrom) {
        return new ExemptionView(
                "txe_1",
                OWNER,
                "C-7",
                "Embassy of Freedonia",
                Set.of(),
                List.of("DE"),
                List.of(),
                HUNDRED,
                DAY,
                null,
                null,
                status,
                revokedFrom);
    }

    static final RateSearch RATES = new RateSearch("AT", null, "standard", DAY, 20, null);
    static final RateView RATE = rate(
            "seed:AT:VAT:standard::1984-01-01",
            "AT",
            "standard",
            TWENTY,
            0,
            LocalDate.of(1984, 1, 1),
            null,
            "EU Commission TEDB",
            TaxReason.STANDARD);
    static final CreateRate CREATE_RATE = new CreateRate(
            "FR",
            TaxType.VAT,
            "digital.press",
            null,
            new BigDecimal("2.1"),
            BigDecimal.ONE,
            0,
            TaxRule.HOST_PRIORITY,
            DAY,
            null,
            "CGI art. 298 septies",
            Confidence.SOLID,
            TaxReason.REDUCED,
            null,
            null);
    static final RateView CREATED_RATE = rate(
            "txu_1",
            "FR",
            "digital.press",
            new BigDecimal("2.1"),
            TaxRule.HOST_PRIORITY,
            DAY,
            NOW,
            "CGI art. 298 septies",
            TaxReason.REDUCED);

    private static RateView rate(
            String id,
            String jurisdiction,
            String category,
            BigDecimal rate,
            int priority,
            LocalDate from,
            @Nullable Instant recordedAt,
            String source,
            TaxReason reason) {
        return new RateView(
                id,
                jurisdiction,
                TaxType.VAT,
                category,
                null,
                rate,
                BigDecimal.ONE,
                0,
                priority,
                from,
                null,
                recordedAt,
                source,
                Confidence.SOLID,
                reason,
                null,
                null);
    }

    static final ReplaceRegistrations REPLACE_REGISTRATIONS = new ReplaceRegistrations(
            SELLER, List.of(new Registration("DE", TaxScheme.LOCAL, "DE314159262", DAY, null)));
    static final RegistrationView REGISTRATION =
            new RegistrationView("DE", TaxScheme.LOCAL, "DE314159262", DAY, null, false);
    static final ThresholdView THRESHOLD = new ThresholdView(
            "EU-DISTANCE",
            "EU-DISTANCE",
            "EU-DISTANCE",
            new BigDecimal("10000.00"),
            "EUR",
            true,
            TaxThreshold.Window.CURRENT_OR_PREVIOUS_YEAR,
            LocalDate.of(2021, 7, 1),
            null,
            "Dir. 2006/112 art. 59c",
            Confidence.SOLID);
    static final SummaryOf SUMMARY_OF = new SummaryOf(SELLER, LocalDate.of(2026, 10, 1), LocalDate.of(2026, 12, 31));
    static final TaxSummaryRow SUMMARY =
            new TaxSummaryRow("FR", TaxType.VAT, TWENTY, TaxReason.STANDARD, "S", eur("69.00"), eur("13.80"));

    static final Validate VALIDATE = new Validate("DE 314 159 262", null, false);
    static final ValidationView VALIDATION = new ValidationView("DE314159262", TaxIdStatus.UNVERIFIED, null, null);
}
