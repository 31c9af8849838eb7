package dev.matrix.security;

import static dev.matrix.security.RuleAction.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.StorageException;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.GuardVerdict;
import dev.matrix.core.api.Operation;
import dev.matrix.core.net.ClientAddress;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.AccessDecision.Outcome;
import dev.matrix.security.spi.AuditFilter;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written down of decisions, and what becomes of those that can't be. */
class DecisionRecordsTest {

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
            public Page<AuditRow> page(Tx tx, AuditFilter filter, PageRequest page) {
                return real.page(tx, filter, page);
            }

            @Override
            public int blank(Tx tx, String pseudonym, int limit) {
                return real.blank(tx, pseudonym, limit);
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
                        .map(AuditRecord::body))
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
