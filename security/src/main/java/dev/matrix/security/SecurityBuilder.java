package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Operation;
import dev.matrix.core.net.ClientAddresses;
import dev.matrix.core.net.ForwardedHeader;
import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.security.spi.AlarmListener;
import dev.matrix.security.spi.AuditCursorStore;
import dev.matrix.security.spi.AuditKeyStore;
import dev.matrix.security.spi.AuditSink;
import dev.matrix.security.spi.CheckpointAnchor;
import dev.matrix.security.spi.CheckpointSigner;
import dev.matrix.security.spi.ErasureStore;
import dev.matrix.security.spi.GeoAnswer;
import dev.matrix.security.spi.GeoSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Wires {@link Security}; everything has a default. Not thread-safe. */
public final class SecurityBuilder {

    private static final IpAddress SOMEWHERE = IpAddress.parse("192.0.2.1");

    private final Matrix matrix;
    private final List<IpRange> proxies = new ArrayList<>();
    private ForwardedHeader header = ForwardedHeader.X_FORWARDED_FOR;
    private String keyPrefix = "mtx";
    private boolean testKeys;
    private String auditOrigin = "audit";
    private @Nullable CheckpointSigner signer;
    private @Nullable GeoSource geo;
    private final List<AlarmListener> listeners = new ArrayList<>();
    private final List<CheckpointAnchor> anchors = new ArrayList<>();
    private final List<AuditSink> sinks = new ArrayList<>();
    private String[] auditedEvents = {"payment.*", "refund.*", "dispute.*", "payout.*"};
    private Function<Operation<?, ?>, SecurityLevel> levelOf = SecurityBuilder::usualLevel;
    private Function<ApiPrincipal, @Nullable Instant> secondFactorOf = principal -> null;

    SecurityBuilder(Matrix matrix) {
        this.matrix = requireNonNull(matrix, "matrix");
    }

    /**
     * Where the host's own proxies are; none by default: the peer of a connection is the client.
     *
     * @param ranges as {@link IpRange#parseAll} reads them
     */
    public SecurityBuilder trustedProxies(String... ranges) {
        for (String range : ranges) {
            proxies.addAll(IpRange.parseAll(range));
        }
        return this;
    }

    /** The one header that those proxies write; {@code X-Forwarded-For} by default. */
    public SecurityBuilder forwardedHeader(ForwardedHeader which) {
        this.header = requireNonNull(which, "which");
        return this;
    }

    /**
     * Who knows where addresses are, such as {@link GeoSource#mmdb}; by default nobody: geo rules are refused, as they could have no
     * effect. Give each node one.
     */
    public SecurityBuilder geo(GeoSource source) {
        this.geo = requireNonNull(source, "source");
        return this;
    }

    /** Adds somebody who hears of alarms; they are logged in any case. */
    public SecurityBuilder alarms(AlarmListener listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /** What API keys begin with; {@code mtx} by default: a letter and 1 to 7 letters or digits, in lower case. */
    public SecurityBuilder keyPrefix(String prefix) {
        this.keyPrefix = requireNonNull(prefix, "prefix");
        return this;
    }

    /** Whether keys say that they are for testing; false by default. Only keys of the same kind are accepted. */
    public SecurityBuilder testKeys(boolean test) {
        this.testKeys = test;
        return this;
    }

    /** Adds somewhere that signed checkpoints are kept, out of reach of who can write to the database; none by default. */
    public SecurityBuilder anchor(CheckpointAnchor anchor) {
        anchors.add(requireNonNull(anchor, "anchor"));
        return this;
    }

    /** Adds somewhere that entries of the audit log are sent, such as a SIEM; none by default. */
    public SecurityBuilder sink(AuditSink sink) {
        sinks.add(requireNonNull(sink, "sink"));
        return this;
    }

    /**
     * Which events the audit log tells of, each once; {@code payment.*}, {@code refund.*}, {@code dispute.*} and {@code payout.*} by
     * default.
     *
     * @param patterns as {@link dev.matrix.core.event.EventPattern} reads them; none: no events
     */
    public SecurityBuilder auditedEvents(String... patterns) {
        this.auditedEvents = patterns.clone();
        return this;
    }

    /** How much an operation of the API asks for; by default GET is LOW, all else MEDIUM. */
    public SecurityBuilder levelOf(Function<Operation<?, ?>, SecurityLevel> levels) {
        this.levelOf = requireNonNull(levels, "levels");
        return this;
    }

    /** When a caller of the API last proved a second factor, null for never; by default never. */
    public SecurityBuilder secondFactorOf(Function<ApiPrincipal, @Nullable Instant> proofs) {
        this.secondFactorOf = requireNonNull(proofs, "proofs");
        return this;
    }

    /**
     * What the audit log calls itself in its checkpoints, and its key; {@code audit} by default. Give it a name that no other log has,
     * such as {@code example.com/audit}, before the first entry, and keep it: without spaces and plus. A {@link #signer}'s own name
     * comes first.
     */
    public SecurityBuilder auditOrigin(String origin) {
        this.auditOrigin = requireNonNull(origin, "origin");
        return this;
    }

    /** Who signs the audit log's checkpoints; by default a key that is made once and kept sealed in the store. */
    public SecurityBuilder signer(CheckpointSigner checkpointSigner) {
        this.signer = requireNonNull(checkpointSigner, "checkpointSigner");
        return this;
    }

    private StoredAuditLog auditLog(InstantSource clock, Alarms alarms) {
        Stores all = matrix.stores();
        AuditStores stores = AuditStores.of(all);
        LeaseStore leases = all.get(LeaseStore.class);
        AuditWriter writer = new AuditWriter(stores, matrix.keys(), matrix.json(), clock);
        AuditReader reader = new AuditReader(stores, writer);
        AuditBuffer buffer = new AuditBuffer(
                stores.transactions(), writer, matrix.ids(), clock, alarms, () -> matrix.wake(AuditBuffer.NAME));
        AnchorAnswers answers =
                new AnchorAnswers(anchors.stream().map(CheckpointAnchor::name).collect(Collectors.toSet()));
        AuditCheckpoints checkpoints =
                new AuditCheckpoints(stores, leases, signer == null ? sealedSigner() : signer, answers, alarms);
        AuditSequencer sequencer = new AuditSequencer(stores, leases, checkpoints, alarms, matrix.node());
        AuditCursorStore cursors = all.get(AuditCursorStore.class);
        anchors.forEach(anchor -> matrix.add(new AnchorLane(anchor, sequencer, checkpoints, answers, alarms)));
        matrix.add(sequencer);
        sinks.forEach(sink -> matrix.add(new SinkLane(sink, stores, reader, cursors, leases, alarms, matrix.node())));
        StoredAuditLog audit = new StoredAuditLog(
                stores,
                writer,
                reader,
                new SharedAppends(stores.transactions(), writer, matrix.ids()),
                buffer,
                checkpoints,
                new AuditProofs(stores, checkpoints),
                new AuditSinks(
                        stores.transactions(),
                        cursors,
                        sinks.stream().map(AuditSink::name).collect(Collectors.toSet())),
                matrix.ids(),
                clock);
        matrix.add(buffer);
        matrix.add(new AuditRetention(stores, checkpoints, audit));
        if (auditedEvents.length > 0) {
            matrix.add(new AuditEvents(writer, AuditEvents.patterns(auditedEvents)));
        }
        return audit;
    }

    private Erasures erasures(SecurityStores stores, StoredAuditLog audit, InstantSource clock) {
        StoredErasures erasures = new StoredErasures(
                audit.stores(),
                stores,
                FactorStores.of(matrix.stores()),
                matrix.stores().get(ErasureStore.class),
                matrix.stores().get(SubjectKeyStore.class),
                matrix.keys(),
                audit,
                matrix.events(),
                clock);
        matrix.add(new ErasureStep(erasures));
        return erasures;
    }

    private CheckpointSigner sealedSigner() {
        SealedSigner sealed = new SealedSigner(
                matrix.transactions(),
                matrix.stores().get(AuditKeyStore.class),
                matrix.keys(),
                matrix.random(),
                auditOrigin);
        matrix.add(sealed);
        return sealed;
    }

    private static SecurityLevel usualLevel(Operation<?, ?> operation) {
        return operation.method().equals("GET") ? SecurityLevel.LOW : SecurityLevel.MEDIUM;
    }

    /** A source that can't be read at the start is a fault of the wiring; later it only raises alarms. */
    private GeoSource geoSource(Instant now) {
        if (geo == null) {
            return address -> new GeoAnswer.Failed("No source of places was given.");
        }
        List<String> told = geo.refresh(now);
        if (geo.lookup(SOMEWHERE) instanceof GeoAnswer.Failed failed) {
            throw new IllegalStateException("The source given to SecurityBuilder.geo can't be used: " + failed.why()
                    + " " + String.join(" ", told));
        }
        return geo;
    }

    /**
     * Adds security to the Matrix.
     *
     * @throws dev.matrix.core.InvalidRequestException where the keys' prefix isn't one
     * @throws IllegalStateException when the Matrix was started, or the source of places can't be read
     */
    public Security build() {
        KeyText form = new KeyText(keyPrefix, testKeys);
        SecurityStores stores = SecurityStores.of(matrix.stores());
        InstantSource clock = matrix.storeClock();
        GeoSource places = geoSource(clock.instant());
        Alarms alarms = new Alarms(listeners, () -> matrix.wake(Alarms.NAME));
        matrix.add(alarms);
        matrix.keys().prepare(KeyRing.SUBJECT_KEYS);
        StoredAuditLog audit = auditLog(clock, alarms);
        Tally tally = new Tally(stores.transactions(), audit);
        ScopeCache scopes = new ScopeCache(stores, clock);
        KeyChanges keyChanges =
                new KeyChanges(stores, matrix.events(), audit, matrix.ids(), clock, matrix.random(), form);
        KeyCache keys = new KeyCache(stores, clock, form);
        matrix.add(new EpochPoll(scopes));
        matrix.add(tally);
        matrix.add(new KeyCare(stores, scopes, keys, keyChanges));
        if (geo != null) {
            matrix.add(new GeoRefresh(places, alarms));
        }
        AccessChecks access = new Decisions(scopes, places, clock, new DecisionRecords(audit, tally));
        return new StoredSecurity(
                stores,
                rules(stores, audit, clock, places),
                access,
                ClientAddresses.behind(header, proxies),
                new StoredApiKeys(stores, keyChanges, keys, clock),
                secondFactors(audit, clock, alarms),
                audit,
                erasures(stores, audit, clock),
                new KeyAuthenticator(keys),
                new AccessGuard(access, levelOf, secondFactorOf),
                new AuditListener(audit, tally));
    }

    private AccessRules rules(SecurityStores stores, AuditLog audit, InstantSource clock, GeoSource places) {
        ScopeChanges scopes = new ScopeChanges(
                stores, matrix.events(), audit, matrix.ids(), clock, places, () -> matrix.wake(EpochPoll.NAME));
        return new StoredAccessRules(
                stores, scopes, new RuleChanges(scopes, stores), new GeoRuleChanges(scopes, stores, geo != null));
    }

    private SecondFactors secondFactors(AuditLog audit, InstantSource clock, Alarms alarms) {
        FactorStores stores = FactorStores.of(matrix.stores());
        FactorSecrets secrets = new FactorSecrets(stores, matrix.keys(), alarms, clock);
        AttemptTurns turns = new AttemptTurns();
        matrix.add(secrets);
        matrix.add(new FactorRetention(stores));
        return new StoredSecondFactors(
                stores,
                secrets,
                new Attempts(stores, secrets, turns, matrix.events(), matrix.ids(), clock),
                turns,
                matrix.events(),
                audit,
                matrix.ids(),
                clock,
                matrix.random());
    }
}
