/**
 * Who may do what from where: rules about addresses, API keys, second factors, and a log of what was done.
 *
 * <p>Rooms. Rules: {@code RuleChanges} and {@code GeoRuleChanges} write rules and policies by {@code ScopeChanges}, which raises
 * their scope's number and asks {@code RuleDoubts} whether the change is meant; {@code EpochPoll} finds the new number on each node,
 * {@code ScopeCache} reads and compiles the scope again ({@code CompiledScope}), {@code Decisions} asks it on each request through an
 * {@code AccessJudge}. Keys: {@code KeyChanges} issues and ends {@link dev.matrix.security.ApiKey}s, {@code KeyText} is their form, {@code
 * KeyCache} checks them. Second factors: {@code StoredSecondFactors} begins and ends devices, {@code Attempts} judges codes by {@code
 * TotpCode}, {@code RecoveryCode} and {@code GuessRules}. Audit: {@code AuditWriter} writes entries, for {@code SharedAppends} and {@code
 * AuditBuffer} too, {@code AuditSequencer} numbers them, {@code AuditCheckpoints} signs, {@code AnchorLane} and {@code SinkLane} take them
 * elsewhere; {@code AuditReader}, {@code AuditProofs}, {@code AuditVerification} and {@code AuditExport} read, {@code AuditRetention} deletes
 * what is old, {@code StoredErasures} erases persons, {@code Tally} counts what happens often. HTTP: {@code SecurityApi}, its {@code
 * …Operations}, and {@code ScopeAccess}, which tells who may see and change what.
 */
@NullMarked
package dev.matrix.security;

import org.jspecify.annotations.NullMarked;
