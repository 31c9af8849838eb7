package dev.matrix.tax;

/** What a person should look at, though there is a result. */
public enum Warning {
    /** The confidence of a rate, supply rule, threshold or territory that the result rests on is {@code check}. */
    RATE_UNCONFIRMED,
    /** A rule has no known start, and the tax date is before 2026. */
    RATE_START_UNKNOWN,
    /** The address's region and postcode name different places; the postcode counts. */
    REGION_CONTRADICTS_POSTCODE,
    /** One piece of evidence of a consumer's country. */
    EVIDENCE_INSUFFICIENT,
    /** The buyer's tax id couldn't be checked yet; tax is charged as to a consumer, or trusted by policy. */
    TAX_ID_PENDING,
    /** State rates alone: no {@code LocalRateProvider} is wired. */
    LOCAL_RATES_MISSING,
    /** State rates alone: the provider failed and {@code stateRatesOnFailure()} is on. */
    LOCAL_RATES_UNAVAILABLE,
    /** The seller should be registered there, and is not. */
    REGISTRATION_REQUIRED,
    /** A threshold could not be judged, as there is no exchange rate into its currency. */
    THRESHOLD_UNKNOWN,
    /** Out-of-scope lines stand beside others; EN 16931 wants them apart (BR-O-11 to -14). */
    MIXED_OUT_OF_SCOPE,
    /** A reverse charge without the seller's own tax id (BR-AE-02). */
    SELLER_TAX_ID_MISSING,
    /** The rate into the tax currency is stale; committing it is refused unless allowed. */
    STALE_RATE
}
