package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Range;
import dev.matrix.security.GeoMatch.CountryField;
import dev.matrix.security.SecurityRequests.ScopeType;
import dev.matrix.security.SecurityViews.RuleChangeView;
import dev.matrix.security.SecurityViews.ScopeParts;
import dev.matrix.security.spi.AddressTrait;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers send and get about geo rules, and an example of each. */
final class GeoRequests {

    private static final String ID = "geo_01kdvdna009xkjgcjvmb5kf650";
    private static final Owner OWNER = Owner.user("u_contract");

    private GeoRequests() {}

    /** What a rule is about. */
    enum MatchType {
        /** A country, by code and field. */
        COUNTRY,
        /** A continent, by code. */
        CONTINENT,
        /** All of the European Union. */
        EUROPEAN_UNION,
        /** An autonomous system, by asn. */
        ASN,
        /** What addresses are used for, by trait. */
        TRAIT
    }

    record AddGeoRule(
            @Default("owner") ScopeType scopeType,
            @Nullable Owner owner,
            @Length(max = 64) @Nullable String group,
            @Nullable String apiKeyId,
            MatchType matchType,

            @Describe("Of country: ISO 3166-1 alpha-2, such as DE. Of continent: AF, AN, AS, EU, NA, OC or SA.")
            @Length(max = 2)
            @Nullable
            String code,

            @Describe("Of country: which of those that a source knows of an address.") @Default("country")
            CountryField field,

            @Range(min = 1, max = 4_294_967_294L) @Nullable Long asn,
            @Nullable AddressTrait trait,
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
            String callerAddress) {

        GeoMatch match() {
            return switch (matchType) {
                case COUNTRY -> new GeoMatch.Country(given("code", code), field);
                case CONTINENT -> new GeoMatch.Continent(given("code", code));
                case EUROPEAN_UNION -> new GeoMatch.EuropeanUnion();
                case ASN -> new GeoMatch.Asn(given("asn", asn));
                case TRAIT -> new GeoMatch.Trait(given("trait", trait));
            };
        }

        private static <T> T given(String member, @Nullable T value) {
            if (value == null) {
                throw ApiProblem.of(400, "invalid_request", "This matchType needs the member " + member + ".");
            }
            return value;
        }
    }

    record ListGeoRules(
            @Default("owner") ScopeType scopeType,
            @Nullable Owner owner,
            @Length(max = 64) @Nullable String group,
            @Nullable String apiKeyId,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record RemoveGeoRule(String id, @Default("false") boolean confirmed) {}

    /** A geo rule. */
    record GeoRuleView(
            String id,
            ScopeType scopeType,
            @Nullable Owner owner,
            @Nullable String group,
            @Nullable String apiKeyId,

            @Describe("Such as country:DE, registered:DE, continent:EU, european_union, asn:64500 or trait:TOR.")
            String match,

            RuleAction action,
            @Length(max = 500) String note,
            @Nullable Instant expiresAt,
            Instant createdAt,
            String createdBy) {

        static GeoRuleView of(GeoRule rule) {
            ScopeParts scope = ScopeParts.of(rule.scope());
            return new GeoRuleView(
                    rule.id(),
                    scope.type(),
                    scope.owner(),
                    scope.group(),
                    scope.apiKeyId(),
                    rule.match().text(),
                    rule.action(),
                    rule.note(),
                    rule.expiresAt(),
                    rule.createdAt(),
                    rule.createdBy());
        }
    }

    static final AddGeoRule ADD = new AddGeoRule(
            ScopeType.OWNER,
            OWNER,
            null,
            null,
            MatchType.TRAIT,
            null,
            CountryField.COUNTRY,
            null,
            AddressTrait.TOR,
            RuleAction.BLOCK,
            "Payments alone",
            null,
            false,
            false,
            null);

    static final RuleChangeView ADDED = new RuleChangeView(true, List.of(ID), List.of());

    static final ListGeoRules LIST = new ListGeoRules(ScopeType.OWNER, OWNER, null, null, 20, null);

    static final RemoveGeoRule REMOVE = new RemoveGeoRule(ID, false);

    static final GeoRuleView VIEW = new GeoRuleView(
            ID,
            ScopeType.OWNER,
            OWNER,
            null,
            null,
            "trait:TOR",
            RuleAction.BLOCK,
            "Payments alone",
            null,
            Instant.parse("2026-11-02T09:30:00Z"),
            "key:key_01kdvdna009xkjgcjvmb5kf651");
}
