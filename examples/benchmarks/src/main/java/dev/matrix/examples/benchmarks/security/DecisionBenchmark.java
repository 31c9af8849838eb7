package dev.matrix.examples.benchmarks.security;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.net.ClientAddress;
import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.spi.Stores;
import dev.matrix.security.AccessChecks;
import dev.matrix.security.AccessDecision;
import dev.matrix.security.AccessRequest;
import dev.matrix.security.Actor;
import dev.matrix.security.Change;
import dev.matrix.security.GeoMatch;
import dev.matrix.security.GeoRule;
import dev.matrix.security.IpRule;
import dev.matrix.security.RuleAction;
import dev.matrix.security.RuleScope;
import dev.matrix.security.Security;
import dev.matrix.security.spi.GeoRecord;
import dev.matrix.security.spi.GeoSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A decision with 10,000 rules of the platform's and 100 of the owner's, with a geo rule or without. Nobody is refused. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecisionBenchmark {

    private static final int ADDRESSES = 1 << 12;
    private static final Owner PLAIN = Owner.user("plain");
    private static final Owner GEO = Owner.user("geo");

    private final AccessRequest[] plain = new AccessRequest[ADDRESSES];
    private final AccessRequest[] geo = new AccessRequest[ADDRESSES];
    private @Nullable Matrix matrix;
    private @Nullable AccessChecks access;
    private int next;

    /** Rules that allow, and addresses of which about a half match one. */
    @Setup
    public void fill() {
        Random random = new Random(19);
        Matrix own = Matrix.builder().stores(Stores.inMemory()).build();
        Security security = Security.on(own)
                .geo(GeoSource.fixed(Map.of(IpRange.parse("0.0.0.0/0"), GeoRecord.of("DE"))))
                .build();
        Change change = Change.by(Actor.software("benchmark"));
        security.rules()
                .importIpRules(RuleScope.platform(), rules(random, RuleScope.platform(), 10_000), false, change);
        for (Owner owner : List.of(PLAIN, GEO)) {
            security.rules().importIpRules(RuleScope.of(owner), rules(random, RuleScope.of(owner), 100), false, change);
        }
        security.rules().add(GeoRule.of(RuleScope.of(GEO), GeoMatch.country("FR"), RuleAction.BLOCK), change);
        for (int i = 0; i < ADDRESSES; i++) {
            ClientAddress client =
                    new ClientAddress.Resolved(new IpAddress(0, 0x0b00_0000L + random.nextInt(1 << 28), true));
            plain[i] = AccessRequest.of(PLAIN, client, "benchmark");
            geo[i] = AccessRequest.of(GEO, client, "benchmark");
        }
        own.start();
        matrix = own;
        access = security.access();
    }

    private static List<IpRule> rules(Random random, RuleScope scope, int count) {
        List<IpRule> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            IpAddress within = new IpAddress(0, 0x0b00_0000L + random.nextInt(1 << 28), true);
            rules.add(IpRule.of(scope, IpRange.network(within, 12 + random.nextInt(21)), RuleAction.ALLOW));
        }
        return rules;
    }

    /** Ends the node. */
    @TearDown
    public void close() {
        if (matrix != null) {
            matrix.close();
        }
    }

    private @Nullable AccessDecision decide(AccessRequest[] requests) {
        next = (next + 1) & (ADDRESSES - 1);
        return access == null ? null : access.decide(requests[next]);
    }

    /** By IP rules alone. */
    @Benchmark
    public @Nullable AccessDecision ipRules() {
        return decide(plain);
    }

    /** By IP rules and a rule about a country. */
    @Benchmark
    public @Nullable AccessDecision ipAndGeoRules() {
        return decide(geo);
    }
}
