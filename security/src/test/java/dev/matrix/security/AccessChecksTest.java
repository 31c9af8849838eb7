package dev.matrix.security;

import static dev.matrix.security.RuleAction.ALLOW;
import static dev.matrix.security.RuleAction.BLOCK;
import static dev.matrix.security.RuleAction.REQUIRE_VERIFICATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.StorageException;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.GuardVerdict;
import dev.matrix.core.api.Operation;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.AccessDecision.Code;
import dev.matrix.security.AccessDecision.Outcome;
import dev.matrix.security.AccessDecision.Reason;
import dev.matrix.security.address.ClientAddress;
import dev.matrix.security.address.IpAddress;
import dev.matrix.security.address.IpRange;
import dev.matrix.security.spi.AccessEpochStore;
import dev.matrix.security.spi.AccessPolicyRow;
import dev.matrix.security.spi.AccessPolicyStore;
import dev.matrix.security.spi.AccessRuleStore;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
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
        CompiledScope scope = CompiledScope.of(policy, true, rules, Instant.EPOCH);
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

    @Test
    @Tag("SE19")
    @Tag("G13")
    void aRuleOfOneNodeCountsOnAnotherAfterAPoll() {
        Stores shared = Stores.inMemory();
        Node one = new Node(shared, node.clock, "one", wiring -> wiring);
        Node two = new Node(shared, node.clock, "two", wiring -> wiring);
        two.runSteps();
        assertThat(two.security.access().decide(from("1.2.3.4")).isAllowed()).isTrue();
        assertThat(two.security.access().decide(from("5.6.7.8")).isAllowed()).isTrue();

        String id = one.add(SCOPE, BLOCK, "5.6.7.8");
        assertThat(one.security.access().decide(from("5.6.7.8")).isAllowed()).isFalse();
        node.clock.advance(Duration.ofSeconds(1));
        two.runSteps();
        assertThat(two.security.access().decide(from("5.6.7.8")).isAllowed()).isFalse();
        assertThat(two.security.access().decide(from("1.2.3.4")).isAllowed()).isTrue();

        one.security.rules().remove(id, Node.CHANGE);
        node.clock.advance(Duration.ofSeconds(1));
        two.runSteps();
        assertThat(two.security.access().decide(from("5.6.7.8")).isAllowed()).isTrue();
    }

    @Test
    @Tag("SE63")
    @Tag("G13")
    void aNumberThatIsLowerAfterARestoreCountsAsAChange() {
        AtomicBoolean restored = new AtomicBoolean();
        Stores stores = Stores.inMemory();
        AccessEpochStore real = stores.get(AccessEpochStore.class);
        AccessEpochStore rewinding = new AccessEpochStore() {
            @Override
            public void bump(Tx tx, int slot) {
                real.bump(tx, slot);
            }

            @Override
            public Map<Integer, Long> all(Tx tx) {
                return restored.get() ? Map.of() : real.all(tx);
            }
        };
        Node one = new Node(stores.with(AccessEpochStore.class, rewinding), node.clock, "one", wiring -> wiring);
        one.add(SCOPE, BLOCK, "1.2.3.4");
        assertThat(one.security.access().decide(from("1.2.3.4")).isAllowed()).isFalse();
        // The restore takes the rule away without a trace of it in the numbers but a lower one.
        stores.transactions().inTransaction(tx -> {
            var rules = stores.get(AccessRuleStore.class);
            rules.after(tx, SCOPE.text(), null, 9).forEach(row -> rules.delete(tx, row.id()));
        });
        restored.set(true);
        node.clock.advance(Duration.ofSeconds(1));
        one.runSteps();
        assertThat(one.security.access().decide(from("1.2.3.4")).isAllowed()).isTrue();
    }

    @Test
    @Tag("SE20")
    @Tag("G13")
    void withoutAGoodPollFor30SecondsHighLevelsAreDenied() {
        AccessRequest high = from("1.2.3.4").level(SecurityLevel.HIGH).secondFactorAt(node.clock.instant());
        node.runSteps();
        node.clock.advance(Duration.ofSeconds(30));
        assertThat(decide(high)).isEqualTo(Outcome.ALLOW);
        node.clock.advance(Duration.ofSeconds(1));
        AccessDecision late = node.security.access().decide(high);
        assertThat(late.outcome()).isEqualTo(Outcome.DENY);
        assertThat(late.reasons()).extracting(Reason::code).contains(Code.INDETERMINATE);
        assertThat(decide("1.2.3.4")).as("a low level").isEqualTo(Outcome.ALLOW);
        node.runSteps();
        assertThat(decide(high)).as("polled again").isEqualTo(Outcome.ALLOW);
    }

    @Test
    @Tag("G18")
    @Tag("G19")
    void whatCannotBeReadIsADenialAndWhatIsKnownNeedsNoRead() {
        AtomicBoolean away = new AtomicBoolean();
        Stores stores = Stores.inMemory();
        AccessPolicyStore real = stores.get(AccessPolicyStore.class);
        AccessPolicyStore failing = new AccessPolicyStore() {
            @Override
            public Optional<AccessPolicyRow> find(Tx tx, String scope) {
                if (away.get()) {
                    throw new StorageException("away");
                }
                return real.find(tx, scope);
            }

            @Override
            public boolean replaceIfVersion(Tx tx, AccessPolicyRow row) {
                return real.replaceIfVersion(tx, row);
            }
        };
        Node one = new Node(stores.with(AccessPolicyStore.class, failing), node.clock, "one", wiring -> wiring);
        one.runSteps();
        assertThat(one.security.access().decide(from("1.2.3.4")).isAllowed()).isTrue();
        away.set(true);
        assertThat(one.security.access().decide(from("4.3.2.1")).isAllowed()).isTrue();
        AccessDecision unknown =
                one.security.access().decide(AccessRequest.of(Owner.user("u_43"), Node.client("1.2.3.4"), "test"));
        assertThat(unknown.outcome()).isEqualTo(Outcome.DENY);
        assertThat(unknown.reasons()).extracting(Reason::code).containsExactly(Code.INDETERMINATE);
        away.set(false);
        assertThat(one.security
                        .access()
                        .decide(AccessRequest.of(Owner.user("u_43"), Node.client("1.2.3.4"), "test"))
                        .isAllowed())
                .as("a failure isn't kept")
                .isTrue();
    }

    @Test
    @Tag("SE64")
    @Tag("G64")
    void aScopeWithWhatOnlyNewerNodesKnowIsDenied() {
        Stores stores = Stores.inMemory();
        Node one = new Node(stores, node.clock, "one", wiring -> wiring);
        stores.transactions()
                .inTransaction(tx -> stores.get(AccessPolicyStore.class)
                        .replaceIfVersion(
                                tx,
                                new AccessPolicyRow(
                                        SCOPE.text(), "THROTTLE", "DENY_OVERRIDES", Duration.ofHours(1), 1)));
        AccessDecision decision = one.security.access().decide(from("1.2.3.4"));
        assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
        assertThat(decision.reasons()).extracting(Reason::code).containsExactly(Code.INDETERMINATE);
        assertThat(one.security
                        .access()
                        .decide(AccessRequest.of(Owner.user("u_43"), Node.client("1.2.3.4"), "test"))
                        .isAllowed())
                .as("another scope")
                .isTrue();
    }

    private static AuditStore unlessAway(AtomicBoolean away, AuditStore real) {
        return new AuditStore() {
            @Override
            public boolean insert(Tx tx, AuditRow row) {
                if (away.get()) {
                    throw new StorageException("away");
                }
                return real.insert(tx, row);
            }

            @Override
            public List<AuditRow> find(Tx tx, Collection<String> ids) {
                return real.find(tx, ids);
            }

            @Override
            public Page<AuditRow> page(Tx tx, List<Owner> owners, PageRequest page) {
                return real.page(tx, owners, page);
            }

            @Override
            public List<AuditRow> due(
                    Tx tx, String category, Instant before, String kept, List<AuditHoldRow> holds, int limit) {
                return real.due(tx, category, before, kept, holds, limit);
            }

            @Override
            public void delete(Tx tx, Collection<String> ids) {
                real.delete(tx, ids);
            }
        };
    }

    @Test
    @Tag("SE20")
    @Tag("G20")
    void aCriticalActionThatCannotBeRecordedIsDenied() {
        AtomicBoolean away = new AtomicBoolean();
        Stores stores = Stores.inMemory();
        Node one = new Node(
                stores.with(AuditStore.class, unlessAway(away, stores.get(AuditStore.class))),
                node.clock,
                "one",
                wiring -> wiring);
        AccessRequest critical = from("1.2.3.4").level(SecurityLevel.CRITICAL).secondFactorAt(node.clock.instant());
        assertThat(one.security.access().decide(critical).isAllowed()).isTrue();
        assertThat(one.security.auditLog().entries(OWNER, PageRequest.first(9)).items())
                .singleElement()
                .satisfies(entry -> assertThat(entry.body()).contains("access.decided", "ALLOW"));
        away.set(true);
        assertThat(one.security.access().decide(critical).outcome()).isEqualTo(Outcome.DENY);
    }

    @Test
    @Tag("G20")
    @Tag("SE66")
    void countedDenialsThatCannotBeWrittenAreWrittenLater() {
        AtomicBoolean away = new AtomicBoolean(true);
        Stores stores = Stores.inMemory();
        Node one = new Node(
                stores.with(AuditStore.class, unlessAway(away, stores.get(AuditStore.class))),
                node.clock,
                "one",
                wiring -> wiring);
        one.runSteps();
        AccessRequest unresolvable = AccessRequest.of(OWNER, new ClientAddress.Unresolvable("no address"), "test");
        one.security.access().decide(unresolvable);
        node.clock.advance(Duration.ofMinutes(1));
        one.runSteps();
        one.security.access().decide(unresolvable);
        away.set(false);
        node.clock.advance(Duration.ofMinutes(2));
        one.runSteps();
        assertThat(one.security.auditLog().entries(OWNER, PageRequest.first(9)).items())
                .singleElement()
                .satisfies(entry -> assertThat(entry.body()).contains("\"times\":\"2\""));
    }

    @Test
    @Tag("G72")
    void aFunctionOfTheHostsThatThrowsIsADenial() {
        Operation<?, ?> operation = node.security.api().operations().get(0);
        ApiPrincipal caller = new ApiPrincipal("key_1", OWNER, Set.of(), null);
        AccessGuard guard = new AccessGuard(
                node.security.access(),
                any -> {
                    throw new AssertionError("broken");
                },
                any -> null);
        assertThat(guard.check(caller, operation, "1.2.3.4", Instant.EPOCH))
                .isEqualTo(new GuardVerdict.Refuse("access_denied"));
    }

    @Test
    @Tag("G20")
    void equalDenialsAreOneEntryPerMinuteThatCountsThem() {
        node.add(SCOPE, BLOCK, "10.0.0.0/8");
        for (int i = 0; i < 300; i++) {
            decide("10.0.0." + i % 250);
        }
        decide("10.0.1.1");
        node.clock.advance(Duration.ofMinutes(1));
        node.runSteps();
        assertThat(node.security.auditLog().entries(OWNER, PageRequest.first(99)).items().stream()
                        .filter(entry -> entry.action().equals("access.decided"))
                        .map(AuditLog.AuditRecord::body))
                .hasSize(2)
                .anySatisfy(body -> assertThat(body).contains("\"times\":\"300\""))
                .anySatisfy(body -> assertThat(body).contains("\"times\":\"1\""))
                .noneSatisfy(body -> assertThat(body).contains("10.0.0"));
    }

    @Test
    @Tag("G13")
    @Tag("G63")
    void theDecidingRuleAloneCountsItsHitsWhichAreStoredOnceAMinute() {
        node.add(SCOPE, BLOCK, "10.0.0.0/8");
        String deciding = node.add(SCOPE, BLOCK, "10.1.0.0/16");
        decide("10.1.2.3");
        decide("10.1.2.4");
        node.clock.advance(Duration.ofMinutes(1));
        node.runSteps();
        assertThat(node.security.rules().ipRules(SCOPE, PageRequest.first(9)).items())
                .extracting(rule -> rule.id().equals(deciding) ? rule.hits() : -rule.hits())
                .containsExactlyInAnyOrder(0L, 2L);
    }
}
