/**
 * What a platform's events say about its business.
 *
 * <p>The path of the data: {@code EventFollower} takes the events of the log. Subscriptions go to {@code SubscriptionIngest}, which
 * keeps each as a {@link dev.matrix.analytics.SubscriptionVersion}: {@code Pricing} says what a version is worth a month, {@code
 * Timelines} puts a customer's versions together to its MRR over time, {@code Movements} cuts that into the movements of each
 * bucket, and {@code CustomerCells} says what a customer adds to the rollups, which {@code Upkeep} verifies and rebuilds. All else
 * goes to {@code FactIngest}, which keeps what {@code FactDraft} reads as facts.
 *
 * <p>A report goes the other way, within a {@code Frame}. MRR: {@code ReportReader} reads the rollups, or replays the versions where
 * there are none for its zone or bounds; {@code Lines} adds up, {@code Rates} converts, {@code RevenueNumbers} rounds. Cash, usage
 * and performance: {@code FlowReader} adds facts up, {@code FlowNumbers} and {@code DerivedFlows} make the measures. Customers: {@code
 * CustomerReports} and {@code CustomerScores}. {@code Calendar} knows all buckets, {@code Settings} what the rollups were made with.
 * The HTTP operations are in {@code AnalyticsApi} and the {@code …Operations}.
 */
@NullMarked
package dev.matrix.analytics;

import org.jspecify.annotations.NullMarked;
