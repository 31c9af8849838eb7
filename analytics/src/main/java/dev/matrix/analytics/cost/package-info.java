/**
 * Advice on how to pay less, from replays of the real bill, and the check afterwards whether it did.
 *
 * <p>The rooms: plans and their prices ({@code Plan}, {@code Charge}, {@code Price}, {@code Rating}); what is known of an owner
 * ({@code CostFollower} keeps facts from the event log, {@code OwnerFacts} puts them together, {@code BillingPeriods} cuts them);
 * the rules ({@code TierRule}, {@code WasteRule}, {@code MachineRule}), which propose {@code Finding}s on a {@code Situation};
 * {@code Analyzer}, which replays the situation with each action applied and so gives every saving; the life of a recommendation
 * ({@code Recommendations}) and what it saved ({@code SavingsLedger}); the façade and the HTTP operations.
 *
 * <p>The path of the data: event log → {@code CostFollower} → fact and sample stores → {@code OwnerFacts} at one instant →
 * {@code Analyzer}, which holds no transaction → {@code Recommendations}, which writes analysis, recommendations and events in one
 * transaction → decisions of the owner → {@code SavingsLedger}. {@code Commitments} is pure and needs nothing of it.
 */
@NullMarked
package dev.matrix.analytics.cost;

import org.jspecify.annotations.NullMarked;
