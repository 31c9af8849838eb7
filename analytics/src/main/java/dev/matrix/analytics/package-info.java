/**
 * Recurring revenue from the events that a platform publishes anyway.
 *
 * <p>The path of the data: {@code SubscriptionFollower} takes the subscription events of the log and keeps each as a
 * {@link dev.matrix.analytics.SubscriptionVersion}. {@code Pricing} says what a version is worth a month, {@code Timelines} puts a
 * customer's versions together to its MRR over time, {@code Movements} cuts that into the movements of each bucket, and {@code
 * CustomerCells} says what a customer adds to the rollups. So the rollups are always the sum of what each customer's versions
 * make, in whichever order these came: {@code Upkeep} verifies and rebuilds them by that.
 *
 * <p>A report goes the other way: {@code ReportReader} reads the rollups, or replays the versions where there are none for its zone
 * or its bounds; {@code Ledgers} adds them up by group; {@code Rates} converts; {@code RevenueAssembly} rounds and names the
 * series. {@code Calendar} knows all buckets, {@code Settings} what the rollups were made with. The HTTP operations are in {@code
 * AnalyticsApi} and the {@code …Operations}.
 */
@NullMarked
package dev.matrix.analytics;

import org.jspecify.annotations.NullMarked;
