/**
 * Who may do what from where: rules about addresses, API keys, second factors, and a log of what was done.
 *
 * <p>Rooms. Rules: {@code RuleChanges} writes {@link dev.matrix.security.IpRule}s and policies and raises their scope's number;
 * {@code EpochPoll} finds the new number on each node, {@code ScopeCache} reads and compiles the scope again ({@code
 * CompiledScope}), {@code Decisions} asks it on each request. Keys: {@code KeyChanges} issues and ends {@link
 * dev.matrix.security.ApiKey}s, {@code KeyText} is their form, {@code KeyCache} checks them, {@code KeyAuthenticator} and {@code
 * AccessGuard} do so for the HTTP API. Second factors: {@code StoredSecondFactors} begins and ends
 * devices, {@code Attempts} judges codes by {@code TotpCode}, {@code RecoveryCode} and {@code GuessRules}. Audit: {@code
 * StoredAuditLog} writes entries, {@code AuditSequencer} numbers them, {@code AuditCheckpoints} signs ({@code SealedSigner}), {@code
 * AuditProofs}, {@code AuditVerification} and {@code AuditExport} read, {@code AuditRetention} deletes what is old, {@code Tally} counts what happens often
 * and writes it once a minute, with what {@code DecisionRecords} and {@code AuditListener} tell it. {@code KeyCare} writes
 * counters and ends keys once a minute. HTTP: {@code SecurityApi}, its {@code …Operations}, and {@code ScopeAccess}, which
 * tells who may see and change what.
 */
@NullMarked
package dev.matrix.security;

import org.jspecify.annotations.NullMarked;
