package dev.matrix.security;

import static dev.matrix.security.RuleAction.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.StorageException;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.AccessDecision.Code;
import dev.matrix.security.AccessDecision.Outcome;
import dev.matrix.security.AccessDecision.Reason;
import dev.matrix.security.spi.AccessEpochStore;
import dev.matrix.security.spi.AccessPolicyRow;
import dev.matrix.security.spi.AccessPolicyStore;
import dev.matrix.security.spi.AccessRuleStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How soon changes count on every node, and what counts when rules can't be read. */
class RuleFreshnessTest {

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
                                        SCOPE.text(),
                                        "THROTTLE",
                                        "ALLOW",
                                        "ALLOW",
                                        "ALLOW",
                                        false,
                                        "DENY_OVERRIDES",
                                        Duration.ofHours(1),
                                        null,
                                        1)));
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
}
