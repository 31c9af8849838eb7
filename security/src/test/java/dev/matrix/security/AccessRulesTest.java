package dev.matrix.security;

import static dev.matrix.security.RuleAction.ALLOW;
import static dev.matrix.security.RuleAction.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.security.RuleChange.Applied;
import dev.matrix.security.RuleChange.NeedsConfirmation;
import dev.matrix.security.RuleChange.WouldApply;
import dev.matrix.security.spi.AuditRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules and policies change; nobody locks himself out unawares. */
class AccessRulesTest {

    private static final Owner OWNER = Owner.user("u_42");
    private static final RuleScope SCOPE = RuleScope.of(OWNER);

    private final Node node = Node.alone();
    private final AccessRules rules = node.security.rules();

    private IpRule rule(RuleAction action, String range) {
        return node.rule(SCOPE, action, range);
    }

    private List<IpRule> stored() {
        return rules.ipRules(SCOPE, PageRequest.first(100)).items();
    }

    @Test
    @Tag("SE6")
    @Tag("G6")
    void allowingAWholeFamilyNeedsConfirmation() {
        for (String all : List.of("0.0.0.0/0", "::/0", "::ffff:0:0/96", "0.0.0.0-255.255.255.255")) {
            assertThat(rules.add(rule(ALLOW, all), Node.CHANGE)).isInstanceOf(NeedsConfirmation.class);
        }
        assertThat(stored()).isEmpty();
        assertThat(rules.add(rule(ALLOW, "0.0.0.0/0"), Node.CHANGE.confirm())).isInstanceOf(Applied.class);
    }

    @Test
    @Tag("SE9")
    @Tag("G10")
    void theLastRuleThatLetsAnybodyInIsRemovedOnlyWhenConfirmed() {
        String id = node.add(SCOPE, ALLOW, "10.0.0.0/8");
        node.policy(SCOPE, policy -> policy.ipDefault(BLOCK));
        AccessRequest request = AccessRequest.of(OWNER, Node.client("10.1.1.1"), "test");
        assertThat(rules.remove(id, Node.CHANGE)).isInstanceOf(NeedsConfirmation.class);
        assertThat(node.security.access().decide(request).isAllowed()).isTrue();
        assertThat(rules.remove(id, Node.CHANGE.confirm())).isEqualTo(new Applied(List.of(id), List.of()));
        node.runSteps();
        assertThat(node.security.access().decide(request).isAllowed()).isFalse();
    }

    @Test
    @Tag("G10")
    void nobodyKeepsHimselfOutUnawares() {
        Change fromThere = Node.CHANGE.from(IpAddress.parse("10.1.1.1"));
        assertThat(rules.add(rule(BLOCK, "10.0.0.0/8"), fromThere)).isInstanceOf(NeedsConfirmation.class);
        assertThat(rules.add(rule(BLOCK, "10.0.0.0/8"), fromThere.dry())).isInstanceOf(NeedsConfirmation.class);
        assertThat(rules.add(rule(BLOCK, "11.0.0.0/8"), fromThere)).isInstanceOf(Applied.class);
        Change through = Node.CHANGE.from(IpAddress.parse("64:ff9b::102:304"));
        assertThat(rules.add(rule(BLOCK, "1.2.3.4"), through)).isInstanceOf(NeedsConfirmation.class);
        String allowed = node.add(SCOPE, ALLOW, "10.1.1.1");
        node.add(SCOPE, ALLOW, "10.2.2.2");
        node.policy(SCOPE, policy -> policy.ipDefault(BLOCK));
        assertThat(rules.remove(allowed, fromThere)).isInstanceOf(NeedsConfirmation.class);
        assertThat(rules.remove(allowed, Node.CHANGE)).isInstanceOf(Applied.class);
    }

    @Test
    @Tag("G10")
    void aDefaultThatAdmitsNobodyNeedsConfirmation() {
        AccessPolicy blocking = rules.policy(SCOPE).ipDefault(BLOCK);
        assertThat(rules.replacePolicy(blocking, Node.CHANGE)).isInstanceOf(NeedsConfirmation.class);
        node.add(SCOPE, ALLOW, "10.0.0.0/8");
        assertThat(rules.replacePolicy(blocking, Node.CHANGE)).isInstanceOf(Applied.class);
        assertThat(rules.policy(SCOPE).version()).isEqualTo(1);
        assertThatThrownBy(() -> rules.replacePolicy(blocking, Node.CHANGE)).isInstanceOf(ConflictException.class);
    }

    @Test
    @Tag("G10")
    @Tag("G47")
    @Tag("SE47")
    void whatMayNotBeMeantIsTold() {
        assertThat(((Applied) rules.add(rule(BLOCK, "10.0.0.0/8"), Node.CHANGE)).warnings())
                .isEmpty();
        RuleChange inner = rules.add(rule(ALLOW, "10.1.0.0/16"), Node.CHANGE);
        assertThat(((Applied) inner).warnings()).singleElement().asString().contains("shadowed by BLOCK 10.0.0.0/8");
        RuleChange wider = rules.add(rule(BLOCK, "10.0.0.0/7"), Node.CHANGE.dry());
        assertThat(((WouldApply) wider).warnings())
                .anySatisfy(text -> assertThat(text).contains("overlaps"));
        RuleChange single = rules.add(rule(BLOCK, "2001:db8::7"), Node.CHANGE);
        assertThat(((Applied) single).warnings()).singleElement().asString().contains("2001:db8::/64");
        assertThat(stored()).hasSize(3);
    }

    @Test
    @Tag("SE69")
    @Tag("G62")
    void aRuleLikeALiveOneAnswersWithItsIdAndAnExpiredOneIsReplaced() {
        Instant end = node.clock.instant().plusSeconds(60);
        IpRule rule = rule(BLOCK, "10.0.0.0/8").note("x").expiresAt(end);
        String id = ((Applied) rules.add(rule, Node.CHANGE)).ids().get(0);
        assertThat(((Applied) rules.add(rule, Node.CHANGE)).ids()).containsExactly(id);
        assertThatThrownBy(() -> rules.add(rule.note("y"), Node.CHANGE))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(id);
        assertThatThrownBy(() -> rules.add(rule.expiresAt(null), Node.CHANGE)).isInstanceOf(ConflictException.class);
        node.clock.set(end);
        String newer =
                ((Applied) rules.add(rule.expiresAt(null), Node.CHANGE)).ids().get(0);
        assertThat(stored()).extracting(IpRule::id).containsExactly(newer).doesNotContain(id);
    }

    @Test
    @Tag("G61")
    void anEndIsInTheFutureAndNotAfterTheYear9999() {
        Instant now = node.clock.instant();
        for (Instant end : List.of(now, now.minusSeconds(1), Instant.parse("+10000-01-01T00:00:00Z"), Instant.MAX)) {
            assertThatThrownBy(() -> rules.add(rule(BLOCK, "10.0.0.0/8").expiresAt(end), Node.CHANGE))
                    .isInstanceOf(InvalidRequestException.class);
        }
        for (Duration age : List.of(Duration.ofSeconds(59), Duration.ofDays(31), Duration.ofMinutes(-5))) {
            assertThatThrownBy(() -> rules.policy(SCOPE).stepUpAge(age)).isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    @Tag("G11")
    @Tag("G62")
    void aScopeHasAtMostAThousandRulesAndAnOwnerAHundredGroups() {
        List<IpRule> many = IntStream.range(0, 1_000)
                .mapToObj(i -> rule(BLOCK, "10.0." + i / 250 + "." + i % 250))
                .toList();
        assertThat(((Applied) rules.importIpRules(SCOPE, many, false, Node.CHANGE)).ids())
                .hasSize(1_000);
        assertThatThrownBy(() -> rules.add(rule(BLOCK, "11.0.0.0/8"), Node.CHANGE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("1000");
        for (int i = 0; i < 100; i++) {
            node.add(RuleScope.group(OWNER, "g" + i), BLOCK, "10.0.0.1");
        }
        assertThatThrownBy(() -> rules.add(node.rule(RuleScope.group(OWNER, "more"), BLOCK, "10.0.0.1"), Node.CHANGE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("100 groups");
    }

    @Test
    @Tag("G47")
    @Tag("G63")
    void anImportIsAllOrNothingAndIsCheckedAmongItself() {
        node.add(SCOPE, BLOCK, "192.0.2.0/24");
        List<IpRule> imported =
                List.of(rule(BLOCK, "10.0.0.0/8"), rule(BLOCK, "10.1.0.0/16"), rule(BLOCK, "2001:db8::7"));
        WouldApply dry = (WouldApply) rules.importIpRules(SCOPE, imported, true, Node.CHANGE.dry());
        assertThat(dry.warnings())
                .anySatisfy(text -> assertThat(text).startsWith("Rule 2:").contains("shadowed by BLOCK 10.0.0.0/8"))
                .anySatisfy(text -> assertThat(text).startsWith("Rule 3:").contains("/64"));
        assertThat(stored()).hasSize(1);
        rules.importIpRules(SCOPE, imported, true, Node.CHANGE);
        assertThat(stored())
                .extracting(rule -> rule.range().toString())
                .containsExactlyInAnyOrder("10.0.0.0/8", "10.1.0.0/16", "2001:db8::7");
        List<IpRule> bad =
                List.of(rule(BLOCK, "11.0.0.0/8"), rule(BLOCK, "12.0.0.0/8").expiresAt(Instant.EPOCH));
        assertThatThrownBy(() -> rules.importIpRules(SCOPE, bad, false, Node.CHANGE))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(stored()).hasSize(3);
    }

    @Test
    void aDryRunWritesNothing() {
        assertThat(rules.add(rule(BLOCK, "10.0.0.0/8"), Node.CHANGE.dry())).isInstanceOf(WouldApply.class);
        assertThat(rules.replacePolicy(rules.policy(SCOPE).precedence(Precedence.MOST_SPECIFIC), Node.CHANGE.dry()))
                .isInstanceOf(WouldApply.class);
        assertThat(stored()).isEmpty();
        assertThat(rules.policy(SCOPE)).isEqualTo(AccessPolicy.standard(SCOPE));
        assertThat(node.security
                        .auditLog()
                        .entries((Owner) null, PageRequest.first(9))
                        .items())
                .isEmpty();
    }

    @Test
    void aChangeIsToldAndWrittenDownAndThePlatformsIsOnlyWrittenDown() {
        String id = node.add(SCOPE, BLOCK, "10.0.0.0/8");
        node.add(RuleScope.platform(), BLOCK, "11.0.0.0/8");
        assertThat(node.matrix
                        .events()
                        .page(EventQuery.all(), PageRequest.first(9))
                        .items())
                .singleElement()
                .satisfies(event -> assertThat(event.toString()).contains("security.rules_changed"));
        assertThat(node.security
                        .auditLog()
                        .entries((Owner) null, PageRequest.first(9))
                        .items())
                .extracting(AuditRecord::action)
                .containsExactly("security.ip_rule_added", "security.ip_rule_added");
        assertThat(node.security.auditLog().entries(OWNER, PageRequest.first(9)).items())
                .singleElement()
                .satisfies(entry -> assertThat(entry.body())
                        .startsWith("{\"v\":1,\"action\":\"security.ip_rule_added\"")
                        .contains(id));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> rules.remove("ipr_none", Node.CHANGE)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> rules.add(node.rule(RuleScope.key("key_none"), BLOCK, "10.0.0.1"), Node.CHANGE))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    @Tag("G67")
    void textsThatSomeStoreCannotHoldAreRefusedAtOnce() {
        for (String bad : List.of("a\0b", "a\nb", "\ud800", "a\u2028b", "x".repeat(501))) {
            assertThatThrownBy(() -> rule(BLOCK, "10.0.0.0/8").note(bad)).isInstanceOf(InvalidRequestException.class);
        }
        assertThat(rule(BLOCK, "10.0.0.0/8").note("\ud83d\ude80".repeat(500)).note())
                .hasSize(1_000);
    }

    @Test
    void scopesAreReadBackFromTheirText() {
        for (RuleScope scope : List.of(
                RuleScope.platform(),
                RuleScope.of(Owner.platform()),
                RuleScope.of(Owner.user("a:b%c")),
                RuleScope.group(Owner.partner("x:y"), "a:b%:c%"),
                RuleScope.key("key_1"))) {
            assertThat(ScopeText.parse(scope.text())).isEqualTo(scope);
        }
        assertThat(IpRange.parse("10.0.0.0/8").isWholeFamily()).isFalse();
    }
}
