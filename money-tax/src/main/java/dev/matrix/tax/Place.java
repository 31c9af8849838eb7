package dev.matrix.tax;

import org.jspecify.annotations.Nullable;

/**
 * Where a buyer is, in the law's terms.
 *
 * @param country whose law governs services there
 * @param spot country, state, province or territory
 * @param address the buyer's, where it is of that country
 */
record Place(String country, Spot spot, @Nullable Address address) {

    String jurisdiction() {
        return spot.jurisdiction();
    }

    /** Whether it is a territory outside the EU's VAT though its country isn't. */
    boolean outsideEu() {
        return spot.outsideEu();
    }

    @Nullable
    String region() {
        String jurisdiction = jurisdiction();
        return jurisdiction.length() > 3 && jurisdiction.startsWith(country + "-") ? jurisdiction.substring(3) : null;
    }
}
