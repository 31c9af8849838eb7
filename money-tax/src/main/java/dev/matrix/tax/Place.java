package dev.matrix.tax;

import org.jspecify.annotations.Nullable;

/**
 * Where a buyer is, in the law's terms.
 *
 * @param country whose law governs services there
 * @param jurisdiction country, state, province or territory
 * @param outsideEu a territory outside the EU's VAT though its country isn't
 * @param address the buyer's, where it is of that country
 */
record Place(
        String country,
        String jurisdiction,
        boolean outsideEu,
        @Nullable Address address) {

    @Nullable
    String region() {
        return jurisdiction.length() > 3 && jurisdiction.startsWith(country + "-") ? jurisdiction.substring(3) : null;
    }
}
