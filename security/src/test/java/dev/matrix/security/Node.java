package dev.matrix.security;

import dev.matrix.core.Matrix;
import dev.matrix.core.net.ClientAddress;
import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A node with security, whose steps tests drive by hand. */
final class Node {

    static final Actor HOST = Actor.software("test");
    static final Change CHANGE = Change.by(HOST);

    final ManualClock clock;
    final Matrix matrix;
    final Security security;

    Node(Stores stores, ManualClock clock, String name, UnaryOperator<SecurityBuilder> wiring) {
        this.clock = clock;
        this.matrix = Matrix.builder()
                .stores(stores)
                .clock(clock)
                .insecureRandom(new Random(name.hashCode()))
                .node(name)
                .build();
        this.security = wiring.apply(Security.on(matrix)).build();
    }

    static Node alone() {
        return new Node(Stores.inMemory(), ManualClock.at("2026-11-02T09:30:00Z"), "one", wiring -> wiring);
    }

    /** Runs what is due now, each step once. */
    void runSteps() {
        for (int i = 0; i < 50 && matrix.runDueStep().isPresent(); i++) {}
    }

    IpRule rule(RuleScope scope, RuleAction action, String range) {
        return IpRule.of(scope, IpRange.parse(range), action);
    }

    /** Adds a rule, whatever it locks out, and polls. */
    String add(RuleScope scope, RuleAction action, String range) {
        RuleChange change = security.rules().add(rule(scope, action, range), CHANGE.confirm());
        runSteps();
        return ((RuleChange.Applied) change).ids().get(0);
    }

    void policy(RuleScope scope, UnaryOperator<AccessPolicy> change) {
        AccessPolicy policy = change.apply(security.rules().policy(scope));
        security.rules().replacePolicy(policy, CHANGE.confirm());
        runSteps();
    }

    static ClientAddress client(String address) {
        return new ClientAddress.Resolved(IpAddress.parse(address));
    }
}
