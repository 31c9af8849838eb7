package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

/**
 * One piece of evidence of where a consumer is: its kind and result, never the address or card number itself.
 *
 * @param country ISO 3166-1 code
 * @param thirdParty whether somebody other than seller and buyer supplied it
 */
public record LocationEvidence(EvidenceKind kind, String country, boolean thirdParty) {

    /** @throws dev.matrix.core.InvalidRequestException if the country is unknown */
    public LocationEvidence {
        requireNonNull(kind, "kind");
        country = Jurisdictions.checkCountry(country);
    }
}
