package dev.matrix.tax;

/**
 * Where an address is.
 *
 * @param outsideEu whether it lies outside the EU's VAT though its country doesn't
 * @param registration where a seller registers for the tax there
 * @param contradictory whether region and postcode name different places; then the postcode counts
 */
record Spot(String jurisdiction, boolean outsideEu, String registration, Confidence confidence, boolean contradictory) {

    /** A country without a territory. */
    static Spot of(String country) {
        return new Spot(country, false, country, Confidence.SOLID, false);
    }

    Spot contradicted() {
        return new Spot(jurisdiction, outsideEu, registration, confidence, true);
    }
}
