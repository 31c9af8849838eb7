package dev.matrix.security;

import static dev.matrix.security.RuleAction.ALLOW;
import static dev.matrix.security.RuleAction.BLOCK;
import static dev.matrix.security.RuleAction.REQUIRE_VERIFICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.spi.Stores;
import dev.matrix.security.AccessDecision.Code;
import dev.matrix.security.AccessDecision.Outcome;
import dev.matrix.security.AccessDecision.Reason;
import dev.matrix.security.GeoMatch.Country;
import dev.matrix.security.GeoMatch.CountryField;
import dev.matrix.security.spi.AddressTrait;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.spi.GeoAnswer;
import dev.matrix.security.spi.GeoRecord;
import dev.matrix.security.spi.GeoRuleRow;
import dev.matrix.security.spi.GeoRuleStore;
import dev.matrix.security.spi.GeoSource;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in from where in the world, or through what. */
class GeoRulesTest {

    private static final Owner OWNER = Owner.user("u_42");
    private static final RuleScope SCOPE = RuleScope.of(OWNER);
    private static final String BRITISH = "81.2.69.1";
    private static final String GERMAN = "2001:db8:1::1";
    private static final String SOMEWHERE = "9.9.9.9";

    private static final GeoSource PLACES = GeoSource.fixed(Map.of(
            IpRange.parse("81.2.69.0/24"),
            GeoRecord.of("GB").registeredCountry("FR").representedCountry("US").asn(64500L),
            IpRange.parse("2001:db8:1::/48"),
            GeoRecord.of("DE").continent("EU").europeanUnion(true),
            IpRange.parse("9.9.9.0/24"),
            GeoRecord.empty().continent("EU").traits(Set.of(AddressTrait.TOR)),
            IpRange.parse("8.8.8.0/24"),
            GeoRecord.of("XX"),
            IpRange.parse("7.7.7.0/24"),
            GeoRecord.of("a1")));

    private final Node node = node(PLACES);

    private static Node node(GeoSource source) {
        return new Node(Stores.inMemory(), ManualClock.at("2026-11-02T09:30:00Z"), "one", wiring -> wiring.geo(source));
    }

    private static AccessRequest from(String address) {
        return AccessRequest.of(OWNER, Node.client(address), "test");
    }

    private AccessDecision decide(String address) {
        return node.security.access().decide(from(address));
    }

    private Outcome outcome(String address) {
        return decide(address).outcome();
    }

    private String add(GeoMatch match, RuleAction action) {
        RuleChange change = node.security.rules().add(GeoRule.of(SCOPE, match, action), Node.CHANGE);
        node.runSteps();
        return ((RuleChange.Applied) change).ids().get(0);
    }

    @Test
    @Tag("SE13")
    @Tag("G14")
    void noCountryStandsInForAnother() {
        add(GeoMatch.country("fr"), BLOCK);
        assertThat(outcome(BRITISH)).isEqualTo(Outcome.ALLOW);
        String rule = add(new Country("FR", CountryField.REGISTERED), BLOCK);
        AccessDecision decision = decide(BRITISH);
        assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
        assertThat(decision.reasons()).containsExactly(new Reason(Code.GEO_RULE, SCOPE.text(), rule));
        assertThat(decision.country()).isEqualTo("GB");
    }

    @Test
    @Tag("G14")
    void eachKindOfRuleMatchesItsAddresses() {
        Map<GeoMatch, String> matches = Map.of(
                GeoMatch.country("GB"),
                BRITISH,
                new Country("US", CountryField.REPRESENTED),
                BRITISH,
                GeoMatch.asn(64500),
                BRITISH,
                GeoMatch.continent("eu"),
                GERMAN,
                GeoMatch.europeanUnion(),
                GERMAN,
                GeoMatch.trait(AddressTrait.TOR),
                SOMEWHERE);
        matches.forEach((match, address) -> {
            String other = address.equals(BRITISH) ? GERMAN : BRITISH;
            assertThat(outcome(address)).as(match.text()).isNotEqualTo(Outcome.DENY);
            String rule = add(match, BLOCK);
            assertThat(outcome(address)).as(match.text()).isEqualTo(Outcome.DENY);
            assertThat(outcome(other)).as(match.text()).isEqualTo(Outcome.ALLOW);
            assertThat(GeoMatchText.parse(match.text())).contains(match);
            node.security.rules().remove(rule, Node.CHANGE.confirm());
            node.runSteps();
        });
    }

    @Test
    @Tag("SE14")
    @Tag("G15")
    void privateIsNotUnknown() {
        node.policy(SCOPE, policy -> policy.geoDefault(BLOCK).unknownCountry(BLOCK));
        AccessDecision missed = decide("1.1.1.1");
        assertThat(missed.outcome()).isEqualTo(Outcome.DENY);
        assertThat(missed.country()).isEqualTo("UNKNOWN");
        assertThat(missed.reasons()).extracting(Reason::code).containsExactly(Code.UNKNOWN_COUNTRY);
        for (String here : List.of("10.0.0.1", "127.0.0.1", "fe80::1", "fd00::1", "::1")) {
            AccessDecision decision = decide(here);
            assertThat(decision.outcome()).as(here).isEqualTo(Outcome.ALLOW);
            assertThat(decision.country()).as(here).isEqualTo("PRIVATE");
        }
        node.policy(SCOPE, policy -> policy.privateAddress(REQUIRE_VERIFICATION));
        assertThat(decide("10.0.0.1").reasons()).extracting(Reason::code).containsExactly(Code.PRIVATE_ADDRESS);
        assertThat(decide(BRITISH).reasons()).extracting(Reason::code).containsExactly(Code.GEO_DEFAULT);
        add(GeoMatch.country("GB"), ALLOW);
        assertThat(outcome(BRITISH)).as("a rule comes before the default").isEqualTo(Outcome.ALLOW);
    }

    @Test
    @Tag("SE15")
    @Tag("G14")
    @Tag("G15")
    void somewhereIsUnknownAndTraitsStillCount() {
        add(GeoMatch.country("DE"), BLOCK);
        for (String somewhere : List.of(SOMEWHERE, "8.8.8.8", "7.7.7.7")) {
            AccessDecision decision = decide(somewhere);
            assertThat(decision.outcome()).as(somewhere).isEqualTo(Outcome.REQUIRE_VERIFICATION);
            assertThat(decision.country()).as(somewhere).isEqualTo("UNKNOWN");
        }
        add(GeoMatch.trait(AddressTrait.TOR), BLOCK);
        assertThat(outcome(SOMEWHERE)).isEqualTo(Outcome.DENY);
        assertThat(outcome("8.8.8.8")).isEqualTo(Outcome.REQUIRE_VERIFICATION);
    }

    @ParameterizedTest
    @CsvSource({"UK, GB", "EL, GR", "uk, GB"})
    @Tag("SE15")
    @Tag("G14")
    void aCommonMistakeIsToldTheRightCode(String wrong, String right) {
        assertThatThrownBy(() -> GeoMatch.country(wrong))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(right);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "D", "DEU", "??", "XX", "ZZ", "T1", "A1", "A2", "AP", "EU", "AN", "D1"})
    @Tag("G14")
    void whatIsNoCountryIsRefused(String code) {
        assertThatThrownBy(() -> GeoMatch.country(code))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("ISO 3166-1");
    }

    @Test
    @Tag("G14")
    void whatIsNoContinentOrSystemIsRefused() {
        assertThat(GeoMatch.country("xk").text()).isEqualTo("country:XK");
        assertThatThrownBy(() -> GeoMatch.continent("XX")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> GeoMatch.asn(0)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> GeoMatch.asn(4_294_967_295L)).isInstanceOf(InvalidRequestException.class);
        for (String newer : List.of("planet:MARS", "trait:NEWER", "asn:x", "country:UK", "")) {
            assertThat(GeoMatchText.parse(newer)).as(newer).isEmpty();
        }
    }

    @Test
    @Tag("SE17")
    @Tag("G15")
    @Tag("G72")
    void whereTheSourceFailsABlockIsADenialAndElseASecondFactorIsAsked() {
        for (GeoSource failing : List.<GeoSource>of(address -> new GeoAnswer.Failed("down"), address -> {
            throw new AssertionError("broken");
        })) {
            boolean[] broken = new boolean[1];
            Node later = node(address -> broken[0] ? failing.lookup(address) : PLACES.lookup(address));
            AccessChecks access = later.security.access();
            broken[0] = true;
            assertThat(access.decide(from(BRITISH)).outcome())
                    .as("no rule asks")
                    .isEqualTo(Outcome.ALLOW);
            later.security.rules().add(GeoRule.of(SCOPE, GeoMatch.country("GB"), REQUIRE_VERIFICATION), Node.CHANGE);
            later.runSteps();
            assertThat(access.decide(from(BRITISH)).outcome()).isEqualTo(Outcome.REQUIRE_VERIFICATION);
            later.security.rules().add(GeoRule.of(SCOPE, GeoMatch.country("FR"), BLOCK), Node.CHANGE);
            later.runSteps();
            AccessDecision denied = access.decide(from(BRITISH));
            assertThat(denied.outcome()).isEqualTo(Outcome.DENY);
            assertThat(denied.reasons()).extracting(Reason::code).containsExactly(Code.INDETERMINATE);
            assertThat(denied.country()).isNull();
        }
    }

    @Test
    @Tag("G15")
    void anAddressThatLeadsToAnotherIsInBothPlaces() {
        add(GeoMatch.country("GB"), BLOCK);
        assertThat(outcome("64:ff9b::5102:4501"))
                .as("NAT64 of a British address")
                .isEqualTo(Outcome.DENY);
        assertThat(outcome("2002:5102:4501::")).as("6to4 of a British address").isEqualTo(Outcome.DENY);
        assertThat(outcome(GERMAN)).isEqualTo(Outcome.ALLOW);
    }

    @Test
    @Tag("G17")
    void anIpRuleThatAllowsOverridesGeoRulesWhereThePolicySaysSo() {
        add(GeoMatch.country("GB"), BLOCK);
        node.add(SCOPE, ALLOW, BRITISH);
        assertThat(outcome(BRITISH)).isEqualTo(Outcome.DENY);
        node.policy(SCOPE, policy -> policy.ipAllowOverridesGeo(true));
        assertThat(outcome(BRITISH)).isEqualTo(Outcome.ALLOW);
        assertThat(outcome("81.2.69.2")).as("without a rule of its own").isEqualTo(Outcome.DENY);
    }

    @Test
    @Tag("G17")
    void aScopeCanAskForASecondFactorWhateverTheLevel() {
        Instant now = node.clock.instant();
        node.policy(SCOPE, policy -> policy.secondFactorFrom(now.plus(Duration.ofDays(7))));
        assertThat(outcome("1.1.1.1")).as("in the time of grace").isEqualTo(Outcome.ALLOW);
        node.clock.advance(Duration.ofDays(7));
        node.runSteps();
        AccessDecision asked = decide("1.1.1.1");
        assertThat(asked.outcome()).isEqualTo(Outcome.REQUIRE_VERIFICATION);
        assertThat(asked.secondFactorWithin()).isEqualTo(Duration.ofHours(12));
        assertThat(node.security
                        .access()
                        .decide(from("1.1.1.1")
                                .secondFactorAt(node.clock.instant().minus(Duration.ofHours(12))))
                        .outcome())
                .isEqualTo(Outcome.ALLOW);
    }

    @Test
    @Tag("G11")
    void aRuleCountsUntilItsEnd() {
        Instant end = node.clock.instant().plusSeconds(60);
        GeoRule rule = GeoRule.of(SCOPE, GeoMatch.country("GB"), BLOCK).expiresAt(end);
        node.security.rules().add(rule, Node.CHANGE);
        node.runSteps();
        assertThat(outcome(BRITISH)).isEqualTo(Outcome.DENY);
        node.clock.advance(Duration.ofSeconds(60));
        assertThat(outcome(BRITISH)).isEqualTo(Outcome.ALLOW);
        String again = add(GeoMatch.country("GB"), BLOCK);
        assertThat(node.security.rules().geoRules(SCOPE, PageRequest.first(9)).items())
                .as("the expired one was replaced")
                .extracting(GeoRule::id)
                .containsExactly(again);
    }

    @Test
    @Tag("G10")
    @Tag("G62")
    void changesAreAskedBackAndAreNotMadeTwice() {
        Change at = Node.CHANGE.from(IpAddress.parse(BRITISH));
        GeoRule rule = GeoRule.of(SCOPE, GeoMatch.country("GB"), BLOCK);
        AccessRules rules = node.security.rules();
        assertThat(rules.add(rule, at)).isInstanceOf(RuleChange.NeedsConfirmation.class);
        assertThat(rules.add(rule, at.confirm().dry())).isInstanceOf(RuleChange.WouldApply.class);
        assertThat(rules.geoRules(SCOPE, PageRequest.first(9)).items()).isEmpty();
        RuleChange.Applied added = (RuleChange.Applied) rules.add(rule, at.confirm());
        assertThat(rules.add(rule, at)).isEqualTo(added);
        assertThatThrownBy(() -> rules.add(rule.note("another"), at)).isInstanceOf(ConflictException.class);

        String id = added.ids().get(0);
        assertThat(rules.remove(id, at.dry())).isInstanceOf(RuleChange.WouldApply.class);
        assertThat(rules.remove(id, at)).isInstanceOf(RuleChange.Applied.class);
        assertThatThrownBy(() -> rules.remove(id, at)).isInstanceOf(NotFoundException.class);
        assertThat(node.security.auditLog().entries(OWNER, PageRequest.first(9)).items())
                .extracting(AuditRecord::action)
                .containsExactly("security.geo_rule_added", "security.geo_rule_removed");
    }

    @Test
    @Tag("G14")
    void withoutASourceARuleIsRefusedAsItCouldHaveNoEffect() {
        Node without = Node.alone();
        assertThatThrownBy(() ->
                        without.security.rules().add(GeoRule.of(SCOPE, GeoMatch.country("GB"), BLOCK), Node.CHANGE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no effect");
        assertThatThrownBy(() -> node(address -> new GeoAnswer.Failed("no file")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no file");
    }

    @Test
    @Tag("G64")
    void aRuleThatOnlyNewerNodesKnowIsADenial() {
        GeoRuleStore store = node.matrix.stores().get(GeoRuleStore.class);
        node.matrix.transactions().inTransaction(tx -> {
            store.insert(
                    tx,
                    new GeoRuleRow(
                            "geo_new",
                            SCOPE.text(),
                            OWNER.toString(),
                            "planet:MARS",
                            "BLOCK",
                            "",
                            null,
                            node.clock.instant(),
                            "software:newer"));
        });
        AccessDecision decision = decide(BRITISH);
        assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
        assertThat(decision.reasons()).extracting(Reason::code).containsExactly(Code.INDETERMINATE);
        assertThatThrownBy(() -> add(GeoMatch.country("GB"), BLOCK)).isInstanceOf(ConflictException.class);
    }
}
