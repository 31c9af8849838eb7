package dev.matrix.security;

import static dev.matrix.security.RuleAction.ALLOW;
import static dev.matrix.security.RuleAction.BLOCK;
import static dev.matrix.security.RuleAction.REQUIRE_VERIFICATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.net.ClientAddress;
import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.security.AccessDecision.Code;
import dev.matrix.security.AccessDecision.Outcome;
import dev.matrix.security.AccessDecision.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in, from where, and how sure of himself. */
class AccessChecksTest {

    private static final Owner OWNER = Owner.user("u_42");
    private static final RuleScope SCOPE = RuleScope.of(OWNER);

    private final Node node = Node.alone();

    private static AccessRequest from(String address) {
        return AccessRequest.of(OWNER, Node.client(address), "test");
    }

    private Outcome decide(AccessRequest request) {
        return node.security.access().decide(request).outcome();
    }

    private Outcome decide(String address) {
        return decide(from(address));
    }

    @Test
    void withoutAnyRuleEverybodyMay() {
        AccessDecision decision = node.security.access().decide(from("1.2.3.4"));
        assertThat(decision.isAllowed()).isTrue();
        assertThat(decision.reasons()).isEmpty();
    }

    @Test
    @Tag("SE7")
    @Tag("G9")
    void theStrictestRuleDecidesOrTheMostSpecific() {
        node.add(SCOPE, ALLOW, "10.0.0.0/8");
        node.add(SCOPE, BLOCK, "10.1.0.0/16");
        assertThat(decide("10.1.2.3")).isEqualTo(Outcome.DENY);
        node.policy(SCOPE, policy -> policy.precedence(Precedence.MOST_SPECIFIC));
        assertThat(decide("10.1.2.3")).isEqualTo(Outcome.DENY);
        assertThat(decide("10.2.2.3")).isEqualTo(Outcome.ALLOW);

        RuleScope other = RuleScope.group(OWNER, "staff");
        node.add(other, BLOCK, "10.0.0.0/8");
        node.add(other, ALLOW, "10.1.0.0/16");
        assertThat(decide(from("10.3.2.3").groups(Set.of("staff")))).isEqualTo(Outcome.DENY);
        assertThat(decide(from("10.3.2.3"))).as("without the group").isEqualTo(Outcome.ALLOW);
    }

    @Test
    @Tag("SE7")
    @Tag("G9")
    void aSmallerRangeThatAllowsWinsWhereTheMostSpecificDecides() {
        node.add(SCOPE, BLOCK, "10.0.0.0/8");
        node.add(SCOPE, ALLOW, "10.1.0.0/16");
        assertThat(decide("10.1.2.3")).isEqualTo(Outcome.DENY);
        node.policy(SCOPE, policy -> policy.precedence(Precedence.MOST_SPECIFIC));
        assertThat(decide("10.1.2.3")).isEqualTo(Outcome.ALLOW);
        assertThat(decide("10.2.2.3")).isEqualTo(Outcome.DENY);
    }

    @Test
    @Tag("G9")
    void acrossScopesTheStrictestCounts() {
        node.add(RuleScope.platform(), BLOCK, "6.6.6.0/24");
        node.add(SCOPE, ALLOW, "6.6.6.6");
        node.add(RuleScope.group(OWNER, "admins"), REQUIRE_VERIFICATION, "7.7.7.7");

        AccessDecision blocked = node.security.access().decide(from("6.6.6.6"));
        assertThat(blocked.outcome()).isEqualTo(Outcome.DENY);
        assertThat(blocked.reasons()).extracting(Reason::scope).containsExactly("platform");
        AccessDecision asked = node.security.access().decide(from("7.7.7.7").groups(Set.of("admins")));
        assertThat(asked.outcome()).isEqualTo(Outcome.REQUIRE_VERIFICATION);
        assertThat(asked.secondFactorWithin()).isEqualTo(Duration.ofHours(12));
        assertThat(decide(AccessRequest.of(Owner.user("u_43"), Node.client("7.7.7.7"), "test")))
                .isEqualTo(Outcome.ALLOW);
    }

    @Test
    @Tag("SE5")
    @Tag("SE47")
    @Tag("G5")
    @Tag("G46")
    void aBlockedAddressIsBlockedThroughTunnelsTooAndAnAllowedOneIsNot() {
        List<String> tunnels =
                List.of("64:ff9b::102:304", "2002:102:304::", "::1.2.3.4", "::ffff:0:1.2.3.4", "64:ff9b:1::1.2.3.4");
        node.add(SCOPE, BLOCK, "1.2.3.4");
        assertThat(tunnels).extracting(this::decide).containsOnly(Outcome.DENY);

        RuleScope group = RuleScope.group(OWNER, "strict");
        node.add(group, ALLOW, "1.2.3.5");
        node.policy(group, policy -> policy.ipDefault(BLOCK));
        assertThat(decide(from("1.2.3.5").groups(Set.of("strict")))).isEqualTo(Outcome.ALLOW);
        for (String tunnel : List.of("64:ff9b::102:305", "2002:102:305::", "::1.2.3.5", "::ffff:0:1.2.3.5")) {
            assertThat(decide(from(tunnel).groups(Set.of("strict")))).as(tunnel).isEqualTo(Outcome.DENY);
        }
    }

    @Test
    @Tag("SE4")
    void anIpv6RuleSaysNothingAboutIpv4() {
        node.add(SCOPE, BLOCK, "::/0");
        assertThat(decide("1.2.3.4")).isEqualTo(Outcome.ALLOW);
        assertThat(decide("::ffff:1.2.3.4")).isEqualTo(Outcome.ALLOW);
        assertThat(decide("2001:db8::1")).isEqualTo(Outcome.DENY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DENY_OVERRIDES", "MOST_SPECIFIC"})
    @Tag("SE8")
    @Tag("G9")
    void theOrderOfRulesNeverMattersAndABlockNeverMakesItMilder(String precedence) {
        AccessPolicy policy = AccessPolicy.standard(SCOPE).precedence(Precedence.valueOf(precedence));
        Random random = new Random(8);
        List<LiveRule> rules = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rules.add(LiveRule.of(
                    "r" + i,
                    range(random),
                    List.of(ALLOW, REQUIRE_VERIFICATION, BLOCK).get(random.nextInt(3)),
                    null));
        }
        List<IpAddress> probes = IntStream.range(0, 200)
                .mapToObj(i -> new IpAddress(0, random.nextInt(1 << 12), true))
                .toList();
        List<RuleAction> expected = answers(policy, rules, probes);
        for (int order = 0; order < 1_000; order++) {
            Collections.shuffle(rules, random);
            assertThat(answers(policy, rules, probes)).isEqualTo(expected);
        }
        for (int i = 0; i < 100; i++) {
            List<LiveRule> more = new ArrayList<>(rules);
            more.add(LiveRule.of("block", range(random), BLOCK, null));
            List<RuleAction> stricter = answers(policy, more, probes);
            for (int probe = 0; probe < probes.size(); probe++) {
                assertThat(stricter.get(probe)).isGreaterThanOrEqualTo(expected.get(probe));
            }
        }
    }

    private static IpRange range(Random random) {
        int first = random.nextInt(1 << 12);
        int last = Math.min((1 << 12) - 1, first + random.nextInt(1 << random.nextInt(12)));
        return new IpRange(new IpAddress(0, first, true), new IpAddress(0, last, true));
    }

    private static List<RuleAction> answers(AccessPolicy policy, List<LiveRule> rules, List<IpAddress> probes) {
        CompiledScope scope = CompiledScope.of(policy, true, rules, List.of(), Instant.EPOCH);
        return probes.stream().map(probe -> scope.decider(probe).action()).toList();
    }

    @Test
    @Tag("SE9")
    @Tag("G11")
    void aRuleCountsUntilTheInstantOfItsEnd() {
        Instant end = node.clock.instant().plusSeconds(60);
        node.security.rules().add(node.rule(SCOPE, BLOCK, "1.2.3.4").expiresAt(end), Node.CHANGE);
        node.runSteps();
        node.clock.set(end.minusNanos(1));
        assertThat(decide("1.2.3.4")).isEqualTo(Outcome.DENY);
        node.clock.set(end);
        assertThat(decide("1.2.3.4")).isEqualTo(Outcome.ALLOW);
    }

    @Test
    @Tag("SE12")
    @Tag("G17")
    void whoseAddressCannotBeToldMayNot() {
        AccessDecision decision = node.security
                .access()
                .decide(AccessRequest.of(OWNER, new ClientAddress.Unresolvable("no address"), "test"));
        assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
        assertThat(decision.reasons()).extracting(Reason::code).containsExactly(Code.UNRESOLVABLE_CLIENT);
    }

    @Test
    @Tag("G62")
    void aRequestWithMoreThan32GroupsIsDenied() {
        Set<String> groups = IntStream.range(0, 33).mapToObj(i -> "g" + i).collect(Collectors.toSet());
        assertThat(decide(from("1.2.3.4").groups(groups))).isEqualTo(Outcome.DENY);
        groups.remove("g0");
        assertThat(decide(from("1.2.3.4").groups(groups))).isEqualTo(Outcome.ALLOW);
    }

    @Test
    @Tag("SE20")
    @Tag("G17")
    void levelsAskForASecondFactorThatIsFreshEnough() {
        Instant now = node.clock.instant();
        AccessRequest critical = from("1.2.3.4").level(SecurityLevel.CRITICAL);
        assertThat(decide(critical)).isEqualTo(Outcome.REQUIRE_VERIFICATION);
        assertThat(decide(critical.secondFactorAt(now.minusSeconds(300)))).isEqualTo(Outcome.ALLOW);
        assertThat(decide(critical.secondFactorAt(now.minusSeconds(301)))).isEqualTo(Outcome.REQUIRE_VERIFICATION);
        assertThat(decide(critical.secondFactorAt(now.plusSeconds(1)))).isEqualTo(Outcome.REQUIRE_VERIFICATION);
        AccessRequest high = from("1.2.3.4").level(SecurityLevel.HIGH);
        assertThat(decide(high.secondFactorAt(now.minus(Duration.ofHours(12))))).isEqualTo(Outcome.ALLOW);
        assertThat(decide(high.secondFactorAt(now.minusSeconds(43_201)))).isEqualTo(Outcome.REQUIRE_VERIFICATION);
        assertThat(decide(from("1.2.3.4").level(SecurityLevel.MEDIUM))).isEqualTo(Outcome.ALLOW);
    }

    @Test
    @Tag("G17")
    void aRuleThatAsksForASecondFactorIsMetByOneOfTheScopesAge() {
        node.add(SCOPE, REQUIRE_VERIFICATION, "1.2.3.4");
        node.policy(SCOPE, policy -> policy.stepUpAge(Duration.ofMinutes(1)));
        Instant now = node.clock.instant();
        assertThat(decide(from("1.2.3.4").secondFactorAt(now.minusSeconds(60)))).isEqualTo(Outcome.ALLOW);
        assertThat(decide(from("1.2.3.4").secondFactorAt(now.minusSeconds(61))))
                .isEqualTo(Outcome.REQUIRE_VERIFICATION);
    }
}
