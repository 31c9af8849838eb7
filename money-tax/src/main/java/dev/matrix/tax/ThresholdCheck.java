package dev.matrix.tax;

import java.util.List;

/** What becomes of a sale where the seller isn't registered. */
final class ThresholdCheck {

    private static final String EU_DISTANCE = "EU-DISTANCE";

    private enum Standing {
        NONE,
        BELOW,
        REACHED,
        UNKNOWN
    }

    private final Sale sale;

    ThresholdCheck(Sale sale) {
        this.sale = sale;
    }

    /** Why nothing is collected in a jurisdiction. */
    TaxReason unregistered(String jurisdiction) {
        Standing standing = standing(jurisdiction);
        sale.notes().trace("threshold", jurisdiction + ": not registered, threshold " + standing);
        switch (standing) {
            case NONE, REACHED -> sale.notes().warn(Warning.REGISTRATION_REQUIRED);
            case UNKNOWN -> sale.notes().warn(Warning.THRESHOLD_UNKNOWN);
            case BELOW -> {
                if (!jurisdiction.startsWith("US-")) {
                    return TaxReason.BELOW_THRESHOLD;
                }
            }
        }
        return TaxReason.NOT_COLLECTING;
    }

    /** Counts the sale for a jurisdiction's thresholds. */
    void count(String jurisdiction) {
        for (TaxThreshold threshold : sale.settings().supplies().thresholds(jurisdiction, sale.day())) {
            sale.counted().add(threshold.counts());
        }
    }

    /**
     * Whether an EU seller without a shop taxes consumers in other member states at home: both this year's and last year's
     * such sales are EUR 10,000 at most, and it hasn't chosen otherwise in these years (Dir. 2006/112 art. 59c).
     */
    boolean staysAtOrigin() {
        sale.counted().add(EU_DISTANCE);
        if (sale.hasShop()) {
            return false;
        }
        if (sale.isBoundByShop()) {
            sale.notes()
                    .trace("threshold", "the seller has chosen to tax at destination, which binds two calendar years");
            return false;
        }
        Standing standing = standing(EU_DISTANCE);
        sale.notes().trace("threshold", "cross-border sales to EU consumers: " + standing);
        if (standing == Standing.UNKNOWN) {
            sale.notes().warn(Warning.THRESHOLD_UNKNOWN);
        }
        return standing == Standing.BELOW;
    }

    private Standing standing(String jurisdiction) {
        List<TaxThreshold> thresholds = sale.settings().supplies().thresholds(jurisdiction, sale.day());
        Standing all = thresholds.isEmpty() ? Standing.NONE : Standing.REACHED;
        for (TaxThreshold threshold : thresholds) {
            sale.notes().warnUnlessSolid(threshold.confidence());
            Boolean reached =
                    sale.facts().turnover().get().reaches(threshold, new Turnover.Sale(sale.amount(), sale.day()));
            if (Boolean.FALSE.equals(reached)) {
                return Standing.BELOW;
            }
            all = reached == null ? Standing.UNKNOWN : all;
        }
        return all;
    }
}
