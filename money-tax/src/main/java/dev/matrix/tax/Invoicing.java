package dev.matrix.tax;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The codes and texts of EN 16931 for a reason (table TD12, TD13); none where neither party is in the EU. */
record Invoicing(boolean european) {

    /** The taxes that BT-118 speaks of: sales taxes and others' GST are none. */
    private static final Set<TaxType> VAT = EnumSet.of(TaxType.VAT, TaxType.IGIC, TaxType.IPSI);

    private static final String REVERSE_CHARGE = "Reverse charge";

    /** A levy without a rate, or with 0 % where EN 16931 wants that. */
    Levy untaxed(String jurisdiction, TaxType type, TaxReason reason, @Nullable String code, @Nullable String note) {
        boolean zero =
                reason == TaxReason.REVERSE_CHARGE || reason == TaxReason.INTRA_COMMUNITY || reason == TaxReason.EXPORT;
        return new Levy(
                jurisdiction,
                type,
                zero ? BigDecimal.ZERO : null,
                BigDecimal.ONE,
                0,
                reason,
                category(reason, type),
                european ? (code == null ? vatex(reason) : code) : code,
                note != null ? note : european || reason == TaxReason.REVERSE_CHARGE ? note(reason) : null);
    }

    Levy taxed(String jurisdiction, TaxType type, BigDecimal rate, BigDecimal fraction, int order, TaxReason reason) {
        return new Levy(jurisdiction, type, rate, fraction, order, reason, category(reason, type), null, null);
    }

    private @Nullable String category(TaxReason reason, TaxType type) {
        if (!european) {
            return null;
        }
        boolean vat = VAT.contains(type);
        return switch (reason) {
            case STANDARD, REDUCED -> type == TaxType.IGIC ? "L" : type == TaxType.IPSI ? "M" : vat ? "S" : null;
            case ZERO_RATED -> vat ? "Z" : null;
            case EXEMPT_PRODUCT, EXEMPT_CUSTOMER -> vat ? "E" : null;
            case REVERSE_CHARGE -> "AE";
            case OUT_OF_SCOPE, NOT_SUBJECT, NOT_COLLECTING, BELOW_THRESHOLD -> "O";
            case INTRA_COMMUNITY -> "K";
            case EXPORT -> "G";
            case SPLIT_PAYMENT -> "B";
        };
    }

    private static @Nullable String vatex(TaxReason reason) {
        return switch (reason) {
            case REVERSE_CHARGE -> "VATEX-EU-AE";
            case INTRA_COMMUNITY -> "VATEX-EU-IC";
            case EXPORT -> "VATEX-EU-G";
            case OUT_OF_SCOPE, NOT_SUBJECT, NOT_COLLECTING, BELOW_THRESHOLD -> "VATEX-EU-O";
            default -> null;
        };
    }

    private static @Nullable String note(TaxReason reason) {
        return switch (reason) {
            case REVERSE_CHARGE -> REVERSE_CHARGE;
            case INTRA_COMMUNITY -> "Intra-Community supply";
            case EXPORT -> "Export outside the EU";
            case OUT_OF_SCOPE -> "Outside the scope of tax";
            case NOT_SUBJECT -> "Not subject to tax for a registered business";
            case NOT_COLLECTING -> "No tax is collected: the seller is not registered there";
            case BELOW_THRESHOLD -> "No tax is due below the registration threshold";
            case EXEMPT_PRODUCT -> "Exempt from tax";
            case EXEMPT_CUSTOMER -> "Exempt from tax by certificate";
            default -> null;
        };
    }
}
