/**
 * What tax a sale carries, and why; its records, reversals and totals. Not tax advice.
 *
 * <p>A {@code TaxRequest} goes through {@code Determination}: {@code Locator} and {@code PlaceOfSupply} say where each line is taxed, {@code
 * SupplyRules} who owes it, {@code RateLookup} at which rate, {@code Arithmetic} how much; the outcome is a {@code TaxCalculation} or
 * {@code Undetermined}. {@code TaxLedger} commits it, with its turnover and its event; {@code Reversing} takes it back in parts. The
 * rooms:
 *
 * <ul>
 *   <li>façade: {@code Taxes}, its builder, {@code StoredTaxes}; over HTTP {@code TaxApi} and the {@code *Operations};
 *   <li>facts, read before and outside of transactions: {@code Facts}, {@code KnownFacts}, {@code RuleBook}, {@code RuleSet}, {@code SeedRules};
 *   <li>determination: {@code Locator}, {@code Geography}, {@code PlaceOfSupply}, {@code SupplyRules}, {@code Treatment}, {@code RateLookup};
 *   <li>arithmetic: {@code Arithmetic}, {@code Discounts}, {@code Levy}, {@code Charge}, {@code Totals};
 *   <li>the ledger: {@code TaxLedger}, {@code Reversing}, {@code TurnoverBook}, {@code ThresholdCheck}, {@code RefundFollower};
 *   <li>tax ids: {@code TaxId}, its written forms in {@code format}, checks against registers in {@code id} and {@code vies};
 *   <li>what hosts keep: {@code TaxRates}, {@code TaxRegistrations}, {@code TaxExemptions}.
 * </ul>
 */
@NullMarked
package dev.matrix.tax;

import org.jspecify.annotations.NullMarked;
