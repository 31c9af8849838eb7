package dev.matrix.security;

import static dev.matrix.security.RuleAction.ALLOW;
import static dev.matrix.security.RuleAction.BLOCK;
import static dev.matrix.security.RuleAction.REQUIRE_VERIFICATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.spi.Stores;
import dev.matrix.security.AccessDecision.Outcome;
import dev.matrix.security.AccessExplanation.ScopeAnswer;
import dev.matrix.security.ApiCaller.Answer;
import dev.matrix.security.spi.GeoRecord;
import dev.matrix.security.spi.GeoSource;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a decision comes about, what it would be with other rules, and the same over HTTP. */
class AccessExplanationTest {

    private static final Owner OWNER = Owner.user("u_42");
    private static final RuleScope SCOPE = RuleScope.of(OWNER);
    private static final String CHECKS = "/v1/security/access-checks";

    private final Node node = new Node(
            Stores.inMemory(),
            ManualClock.at("2026-11-02T09:30:00Z"),
            "one",
            wiring -> wiring.trustedProxies("10.9.9.9")
                    .geo(GeoSource.fixed(Map.of(IpRange.parse("10.0.0.0/9"), GeoRecord.of("GB")))));
    private final AccessChecks access = node.security.access();
    private final ApiCaller caller = new ApiCaller(ApiDispatcher.on(node.matrix)
            .modules(node.security.api())
            .authenticator(node.security.authenticator())
            .checkReplies(true)
            .build());

    private IssuedApiKey key(Owner owner, String... scopes) {
        return node.security.apiKeys().issue(owner, "a key", Set.of(scopes), null, Node.HOST);
    }

    private static AccessRequest from(String address) {
        return AccessRequest.of(OWNER, Node.client(address), "test").groups(Set.of("staff"));
    }

    @Test
    @Tag("G19")
    @Tag("G63")
    void eachScopeSaysWhatItSays() {
        String blocked = node.add(SCOPE, BLOCK, "9.1.0.0/16");
        String other = node.add(SCOPE, ALLOW, "9.0.0.0/8");
        node.add(RuleScope.group(OWNER, "staff"), REQUIRE_VERIFICATION, "9.1.2.3");
        AccessExplanation explained = access.explain(from("9.1.2.3"));
        assertThat(explained.decision()).isEqualTo(access.decide(from("9.1.2.3")));
        assertThat(explained.scopes())
                .extracting(ScopeAnswer::scope)
                .containsExactly("platform", SCOPE.text(), "group:staff:" + OWNER);
        ScopeAnswer owners = explained.scopes().get(1);
        assertThat(owners.ip()).isEqualTo(BLOCK);
        assertThat(owners.ipRuleId()).isEqualTo(blocked);
        assertThat(owners.otherRuleIds()).containsExactly(other);
        assertThat(owners.geo()).isNull();
        assertThat(explained.scopes().get(2).ip()).isEqualTo(REQUIRE_VERIFICATION);
    }

    @Test
    @Tag("G19")
    void explainingAndTryingOutCountAndRecordNothing() {
        String rule = node.add(SCOPE, BLOCK, "9.1.0.0/16");
        int before = node.security
                .auditLog()
                .entries(OWNER, PageRequest.first(99))
                .items()
                .size();
        access.explain(from("9.1.2.3"));
        access.preview(List.of(), Set.of(rule), from("9.1.2.3").level(SecurityLevel.CRITICAL));
        node.clock.advance(Duration.ofMinutes(2));
        node.runSteps();
        assertThat(node.security
                        .auditLog()
                        .entries(OWNER, PageRequest.first(99))
                        .items())
                .hasSize(before);
        assertThat(node.security.rules().ipRules(SCOPE, PageRequest.first(9)).items())
                .extracting(IpRule::hits)
                .containsExactly(0L);
    }

    @Test
    @Tag("G19")
    void rulesCanBeTriedOut() {
        String rule = node.add(SCOPE, BLOCK, "9.1.0.0/16");
        IpRule more = node.rule(SCOPE, BLOCK, "8.8.8.8");
        IpRule elsewhere = node.rule(RuleScope.of(Owner.user("u_43")), BLOCK, "7.7.7.7");
        assertThat(access.preview(List.of(more), Set.of(), from("8.8.8.8")).outcome())
                .isEqualTo(Outcome.DENY);
        assertThat(access.preview(List.of(elsewhere), Set.of(), from("7.7.7.7")).outcome())
                .isEqualTo(Outcome.ALLOW);
        assertThat(access.preview(List.of(), Set.of(rule), from("9.1.2.3")).outcome())
                .isEqualTo(Outcome.ALLOW);
        assertThat(access.decide(from("8.8.8.8")).outcome()).isEqualTo(Outcome.ALLOW);
        assertThat(access.decide(from("9.1.2.3")).outcome()).isEqualTo(Outcome.DENY);
    }

    @Test
    @Tag("G19")
    void decidingExplainingTryingOutNothingAndHttpAgree() {
        Random random = new Random(19);
        RuleAction[] actions = RuleAction.values();
        for (int i = 0; i < 60; i++) {
            RuleScope scope = i % 3 == 0 ? RuleScope.platform() : i % 3 == 1 ? SCOPE : RuleScope.group(OWNER, "staff");
            IpRange range = IpRange.network(
                    new IpAddress(0, 0x0a00_0000L | random.nextInt(1 << 24), true), 8 + random.nextInt(17));
            node.add(scope, actions[random.nextInt(3)], range.toString());
        }
        node.security
                .rules()
                .add(GeoRule.of(SCOPE, GeoMatch.country("GB"), REQUIRE_VERIFICATION), Node.CHANGE.confirm());
        node.policy(RuleScope.platform(), policy -> policy.precedence(Precedence.MOST_SPECIFIC));
        IssuedApiKey operator = key(Owner.platform(), "security:check", "platform:operate");
        for (int i = 0; i < 200; i++) {
            String address = new IpAddress(0, 0x0a00_0000L | random.nextInt(1 << 24), true).toString();
            AccessDecision decision = access.decide(from(address));
            assertThat(access.explain(from(address)).decision()).isEqualTo(decision);
            assertThat(access.preview(List.of(), Set.of(), from(address))).isEqualTo(decision);
            String body = "{\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"groups\":[\"staff\"],\"peer\":\"" + address
                    + "\",\"action\":\"test\"}";
            assertThat(caller.call(operator, "POST", CHECKS, body).member("outcome"))
                    .isEqualTo(decision.outcome().name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    @Tag("SE65")
    @Tag("G65")
    void aCustomerHearsOfNoRuleOfThePlatforms() {
        String rule = node.add(RuleScope.platform(), BLOCK, "9.1.0.0/16");
        String another = node.add(RuleScope.platform(), BLOCK, "9.0.0.0/8");
        String own = node.add(SCOPE, BLOCK, "9.1.0.0/16");
        String body = "{\"peer\":\"9.1.2.3\",\"action\":\"test\",\"explain\":true}";
        Answer told = caller.call(key(OWNER, "security:check"), "POST", CHECKS, body);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.body()).contains("\"platform\"", own).doesNotContain(rule, another);
        String ofOwner = body.replace("{", "{\"ownerType\":\"user\",\"ownerId\":\"u_42\",");
        Answer toOperator =
                caller.call(key(Owner.platform(), "security:check", "platform:operate"), "POST", CHECKS, ofOwner);
        assertThat(toOperator.body()).contains(rule, another);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "010.0.0.1", "0177.0.0.1", "0x7f.0.0.1", "127.1", "2130706433", "1.2.3", "\uff11.2.3.4",
                "-1.2.3.4", "*", "www", "::1 ", "::1%1", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/",
                "10.0.0.0/24/8", "10.0.0.1/255.0.255.0", "::1/6000", "::ffff:10.0.0.0/8", "10.1.2.3/8"
            })
    @Tag("SE1")
    @Tag("SE2")
    void whatIsNoRangeIsRefusedOverHttpWithTheRightForms(String range) {
        String body = "{\"range\":\"" + range + "\",\"action\":\"block\"}";
        Answer refused = caller.call(key(OWNER, "security:write"), "POST", "/v1/security/ip-rules", body);
        assertThat(refused.status()).as(refused.body()).isBetween(400, 422);
        assertThat(refused.body()).contains("10.20.0.0/16").doesNotContain("SecurityBuilder");
        assertThat(node.security.rules().ipRules(SCOPE, PageRequest.first(9)).items())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1, unknown", "1.1.1.1,", "_hidden"})
    @Tag("SE12")
    void aClientThatCannotBeToldIsADenialOverHttp(String forwarded) {
        String body = "{\"peer\":\"10.9.9.9\",\"forwarded\":[\"" + forwarded + "\"],\"action\":\"test\"}";
        Answer told = caller.call(key(OWNER, "security:check"), "POST", CHECKS, body);
        assertThat(told.member("outcome")).isEqualTo("deny");
        assertThat(told.body()).contains("unresolvable_client");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"matchType\":\"country\",\"code\":\"UK\"', GB",
        "'\"matchType\":\"country\",\"code\":\"XX\"', ISO 3166-1",
        "'\"matchType\":\"country\"', code",
        "'\"matchType\":\"continent\",\"code\":\"ZZ\"', AF",
        "'\"matchType\":\"asn\"', asn",
        "'\"matchType\":\"trait\"', trait",
    })
    @Tag("SE15")
    void aGeoRuleThatMatchesNothingIsRefusedOverHttpWithTheRightForm(String members, String hint) {
        Answer refused = caller.call(
                key(OWNER, "security:write"),
                "POST",
                "/v1/security/geo-rules",
                "{\"action\":\"block\"," + members + "}");
        assertThat(refused.status()).as(refused.body()).isBetween(400, 422);
        assertThat(refused.body()).contains(hint);
    }

    @Test
    @Tag("G14")
    void geoRulesAreAddedListedAndRemovedOverHttp() {
        IssuedApiKey writer = key(OWNER, "security:write", "security:read");
        String path = "/v1/security/geo-rules";
        for (String members : List.of(
                "\"matchType\":\"country\",\"code\":\"fr\",\"field\":\"registered\"",
                "\"matchType\":\"continent\",\"code\":\"EU\"",
                "\"matchType\":\"european_union\"",
                "\"matchType\":\"asn\",\"asn\":64500",
                "\"matchType\":\"trait\",\"trait\":\"tor\"")) {
            Answer added = caller.call(writer, "POST", path, "{\"action\":\"block\"," + members + "}");
            assertThat(added.status()).as(added.body()).isEqualTo(201);
        }
        Answer listed = caller.call(writer, "GET", path, null);
        assertThat(listed.body()).contains("registered:FR", "continent:EU", "european_union", "asn:64500", "trait:TOR");
        assertThat(caller.call(writer, "DELETE", path + "/" + listed.member("id"), null)
                        .status())
                .isEqualTo(204);
        assertThat(caller.call(
                                key(Owner.user("u_43"), "security:write"),
                                "DELETE",
                                path + "/" + listed.member("id"),
                                null)
                        .status())
                .isEqualTo(404);
    }
}
