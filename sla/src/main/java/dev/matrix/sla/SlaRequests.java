package dev.matrix.sla;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Size;
import dev.matrix.sla.spi.ProbeMethod;
import dev.matrix.sla.spi.StatusRange;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What callers send. */
final class SlaRequests {

    private SlaRequests() {}

    record GetMetrics(
            @Length(min = 1, max = 128) String subscriptionId,

            @Describe("current, or how far back from the last measured minute, such as PT24H, up to 90 days.")
            @Default("current")
            @Length(min = 1, max = 32)
            String window) {}

    record ListPortfolio(
            @Length(min = 1, max = 128) @Nullable String tier,
            @Nullable ComplianceState state,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record ListDefinitions() {}

    record Tier(@Length(min = 1, max = 128) String tier) {}

    record ReplaceDefinition(
            @Length(min = 1, max = 128) String tier,
            @Size(min = 1, max = 4) List<Objective> objectives,

            @Describe("The standard rules if absent.") @Nullable
            AlertPolicy alerts,

            @Nullable MaintenancePolicy maintenance,
            @Describe("No credits if absent.") @Nullable CreditPolicy credits,
            @Nullable BigDecimal coverageFloor,
            @Nullable Duration freezeAfter,

            @Describe("From when on it holds in running periods; each subscription's next period if absent.") @Nullable
            Instant effectiveFrom) {}

    record SubscriptionId(@Length(min = 1, max = 128) String id) {}

    record ReplaceSubscription(
            @Length(min = 1, max = 128) String id,
            Owner owner,
            @Length(min = 1, max = 128) String tier,
            @Nullable ZoneId zone,
            @Nullable PeriodKind period,
            @Size(max = 32) @Nullable Set<String> components,
            @Nullable ServiceHours hours,

            @Describe("A whole minute; the next one if absent.") @Nullable
            Instant from) {}

    record EndSubscription(
            @Length(min = 1, max = 128) String id,

            @Describe("A whole minute; the next one if absent.") @Nullable
            Instant at) {}

    record RecordMeasurements(
            @Length(min = 1, max = 128) String source,
            @Length(min = 1, max = 128) String batchId,
            @Size(max = 1_000) @Nullable List<MeasurementBatch.Request> requests,
            @Size(max = 1_000) @Nullable List<MeasurementBatch.Minute> minutes) {}

    record GetReport(
            @Length(min = 1, max = 128) String subscriptionId,

            @Describe("A month such as 2025-11, or a first day such as 2025-11-16.") @Length(min = 7, max = 10)
            String period,

            @Describe("Of the statement; the newest if absent, or provisional while there is none.")
            @Range(min = 1, max = 1_000_000)
            @Nullable
            Integer version,

            @Describe("statement: the very bytes whose SHA-256 it states.") @Default("json")
            ReportFormat format) {}

    record ListAlerts(
            @Length(min = 1, max = 128) @Nullable String subscriptionId,

            @Describe("open: those alone; all if absent.") @Nullable
            AlertState state,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record AcknowledgeAlert(
            @Length(min = 1, max = 64) String id,
            @Length(min = 1, max = 128) String by,
            @Length(max = 1_000) @Nullable String note) {}

    record ListStatements(
            @Length(min = 1, max = 128) @Nullable String subscriptionId,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record ListCredits(
            @Length(min = 1, max = 128) @Nullable String subscriptionId,
            @Nullable CreditState state,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record DecideCredit(
            @Length(min = 1, max = 64) String id,
            CreditDecision decision,
            @Length(min = 1, max = 128) String by) {}

    record ClaimCredit(
            @Length(min = 1, max = 128) String subscriptionId,
            @Length(min = 7, max = 10) String period) {}

    record CreateExclusion(
            ExclusionScope scope,
            Instant from,
            Instant to,
            Exclusion.@Nullable Recurrence recurrence,
            ExclusionKind kind,
            @Describe("exclude if absent.") @Nullable ExclusionMode mode,
            @Length(min = 1, max = 1_000) String reason,
            @Length(min = 1, max = 128) String by) {}

    record ListExclusions(
            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record ExclusionId(@Length(min = 1, max = 64) String id) {}

    record Simulate(
            @Length(min = 1, max = 128) String subscriptionId,
            @Length(min = 7, max = 10) String period,
            ReplaceDefinition definition) {}

    record CreateProbe(
            @Length(min = 1, max = 128) String componentId,

            @Describe("http, heartbeat, or a kind that the host wired.") @Default("http") @Length(min = 1, max = 128)
            String kind,

            @Describe("What is checked; not for heartbeats.") @Nullable
            URI uri,

            @Describe("Sent with each check; kept encrypted, never shown again.") @Nullable
            Map<String, String> headers,

            @Describe("GET if absent.") @Nullable ProbeMethod method,

            @Describe("Statuses that mean up; 200 to 299 if absent.") @Nullable
            StatusRange expected,

            @Length(min = 1, max = 1_000) @Nullable String bodyContains,

            @Describe("60 s if absent; 10 s to 31 days.") @Nullable
            Duration interval,

            @Describe("20 s if absent.") @Nullable Duration retryInterval,
            @Describe("10 s if absent.") @Nullable Duration timeout,

            @Describe("So many in a row mean down; 3 if absent.") @Nullable
            Integer failures,

            @Describe("So many in a row mean up; 2 if absent.") @Nullable
            Integer successes,

            @Describe("Asked when a check fails: if it has no answer either, the check tells nothing.") @Nullable
            URI connectivityCheck) {}

    record ListProbes(
            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record ProbeId(@Length(min = 1, max = 64) String id) {}

    record ComponentId(@Length(min = 1, max = 128) String id) {}

    record BeatComponent(
            @Length(min = 1, max = 128) String id,

            @Describe("Now if absent, and if it lies in the future.") @Nullable
            Instant at) {}
}
