package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers send. */
final class SecurityRequests {

    private static final String TEXT_OF_RANGE =
            "An address, a network (10.20.0.0/16, fd00:1::/32), or a first and a last address"
                    + " (192.0.2.10-192.0.2.20).";

    private SecurityRequests() {}

    /** Whom rules are for. */
    enum ScopeType {
        /** Everybody; for operators. */
        PLATFORM,
        /** All callers of an owner. */
        OWNER,
        /** A group of an owner's callers. */
        GROUP,
        /** One API key. */
        KEY
    }

    record AddIpRule(
            @Default("owner") ScopeType scopeType,
            @Nullable Owner owner,

            @Describe("Of scope group: its name.") @Length(max = 64) @Nullable
            String group,

            @Describe("Of scope key: its id.") @Nullable String apiKeyId,

            @Describe(TEXT_OF_RANGE) @Length(max = 128) String range,
            RuleAction action,
            @Length(max = 500) @Nullable String note,

            @Describe("From when on it counts no more.") @Nullable
            Instant expiresAt,

            @Describe("Only says what would come of it.") @Default("false")
            boolean dryRun,

            @Describe("Goes on although it may lock people out.") @Default("false")
            boolean confirmed,

            @Describe("Who must not be locked out; the call's own address if absent. Operators alone may name another.")
            @Length(max = 64)
            @Nullable
            String callerAddress) {}

    record ImportedRule(
            @Describe(TEXT_OF_RANGE + " Or loopback, linklocal, uniquelocal for all of their ranges.")
            @Length(max = 128)
            String range,

            RuleAction action,
            @Length(max = 500) @Nullable String note,
            @Nullable Instant expiresAt) {}

    record ImportIpRules(
            @Default("owner") ScopeType scopeType,
            @Nullable Owner owner,
            @Length(max = 64) @Nullable String group,
            @Nullable String apiKeyId,
            @Size(max = 10_000) List<ImportedRule> rules,

            @Describe("Whether the scope's other rules are removed.") @Default("false")
            boolean replaceAll,

            @Default("false") boolean dryRun,
            @Default("false") boolean confirmed) {}

    record ListIpRules(
            @Default("owner") ScopeType scopeType,
            @Nullable Owner owner,
            @Length(max = 64) @Nullable String group,
            @Nullable String apiKeyId,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record RemoveIpRule(String id, @Default("false") boolean confirmed) {}

    record GetPolicy(
            ScopeType scopeType,
            @Nullable Owner owner,
            @Length(max = 64) @Nullable String group,
            @Nullable String apiKeyId) {}

    record ReplacePolicy(
            ScopeType scopeType,
            @Nullable Owner owner,
            @Length(max = 64) @Nullable String group,
            @Nullable String apiKeyId,
            RuleAction ipDefault,

            @Describe("What an address in a known country gets that no geo rule matches.") @Default("allow")
            RuleAction geoDefault,

            @Describe("What a public address gets whose country isn't known, where geo rules or geoDefault ask for it.")
            @Default("require_verification")
            RuleAction unknownCountry,

            @Describe("What a private address gets.") @Default("allow")
            RuleAction privateAddress,

            @Describe("Whether an IP rule that allows lets in wherever the address is.") @Default("false")
            boolean ipAllowOverridesGeo,

            Precedence precedence,

            @Describe("How old the second factor may be that a rule asks for: PT1M to P30D.")
            Duration stepUpAge,

            @Describe("From when on each action asks for a second factor, as high ones do; none: never.") @Nullable
            Instant secondFactorFrom,

            @Describe("The version that was read; 0 if it was never changed.") @Range(min = 0)
            long version,

            @Default("false") boolean confirmed) {}

    record CheckAccess(
            @Nullable Owner owner,
            @Length(max = 128) @Nullable String subjectId,
            @Size(max = 33) @Length(max = 64) @Nullable List<String> groups,
            @Nullable String apiKeyId,

            @Describe("The address of the connection's other end.") @Length(max = 64)
            String peer,

            @Describe("The lines of the header that proxies write.") @Size(max = 64) @Length(max = 8_192) @Nullable
            List<String> forwarded,

            @Default("low") SecurityLevel level,
            @Length(min = 1, max = 128) String action,
            @Nullable Instant secondFactorAt,

            @Describe("Whether to say how it comes about instead; then nothing is recorded or counted.")
            @Default("false")
            boolean explain) {}

    record IssueKey(
            @Nullable Owner owner,
            @Length(min = 1, max = 200) String name,

            @Describe("area:verb each; none that the calling key doesn't hold itself.")
            @Size(min = 1, max = 100)
            @Length(max = 65)
            List<String> scopes,

            @Nullable Instant expiresAt) {}

    record ListKeys(
            @Nullable Owner owner,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record KeyId(String id) {}

    record RotateKey(
            String id,

            @Describe("How long the old key works on: PT0S to P7D.") @Default("PT24H")
            Duration overlap) {}
}
