package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Operation;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.security.address.ClientAddresses;
import dev.matrix.security.address.ForwardedHeader;
import dev.matrix.security.address.IpRange;
import dev.matrix.security.spi.AuditKeyStore;
import dev.matrix.security.spi.CheckpointSigner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Wires {@link Security}; everything has a default. Not thread-safe. */
public final class SecurityBuilder {

    private final Matrix matrix;
    private final List<IpRange> proxies = new ArrayList<>();
    private ForwardedHeader header = ForwardedHeader.X_FORWARDED_FOR;
    private String keyPrefix = "mtx";
    private boolean testKeys;
    private String auditOrigin = "audit";
    private @Nullable CheckpointSigner signer;
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

    private StoredAuditLog auditLog(InstantSource clock) {
        AuditStores stores = AuditStores.of(matrix.stores());
        LeaseStore leases = matrix.stores().get(LeaseStore.class);
        AuditCheckpoints checkpoints = new AuditCheckpoints(stores, leases, signer == null ? sealedSigner() : signer);
        matrix.add(new AuditSequencer(stores, leases, checkpoints, matrix.node()));
        StoredAuditLog audit = new StoredAuditLog(
                stores,
                checkpoints,
                new AuditProofs(stores, checkpoints),
                matrix.keys(),
                matrix.json(),
                matrix.ids(),
                clock);
        matrix.add(new AuditRetention(stores, checkpoints, audit));
        return audit;
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

    /**
     * Adds security to the Matrix.
     *
     * @throws dev.matrix.core.InvalidRequestException where the keys' prefix isn't one
     * @throws IllegalStateException when the Matrix was started
     */
    public Security build() {
        KeyText form = new KeyText(keyPrefix, testKeys);
        SecurityStores stores = SecurityStores.of(matrix.stores());
        InstantSource clock = matrix.storeClock();
        matrix.keys().prepare(KeyRing.SUBJECT_KEYS);
        StoredAuditLog audit = auditLog(clock);
        Tally tally = new Tally(stores.transactions(), audit);
        ScopeCache scopes = new ScopeCache(stores, clock);
        RuleChanges ruleChanges =
                new RuleChanges(stores, matrix.events(), audit, matrix.ids(), clock, () -> matrix.wake(EpochPoll.NAME));
        KeyChanges keyChanges =
                new KeyChanges(stores, matrix.events(), audit, matrix.ids(), clock, matrix.random(), form);
        KeyCache keys = new KeyCache(stores, clock, form);
        FactorStores factorStores = FactorStores.of(matrix.stores());
        FactorSecrets secrets = new FactorSecrets(factorStores, matrix.keys());
        AttemptTurns turns = new AttemptTurns();
        matrix.add(secrets);
        matrix.add(new FactorRetention(factorStores));
        matrix.add(new EpochPoll(scopes));
        matrix.add(tally);
        matrix.add(new KeyCare(stores, scopes, keys, keyChanges));
        AccessChecks access = new Decisions(scopes, clock, new DecisionRecords(audit, tally));
        return new StoredSecurity(
                stores,
                new StoredAccessRules(stores, ruleChanges),
                access,
                ClientAddresses.behind(header, proxies),
                new StoredApiKeys(stores, keyChanges, keys, clock),
                new StoredSecondFactors(
                        factorStores,
                        secrets,
                        new Attempts(factorStores, secrets, turns, matrix.events(), matrix.ids(), clock),
                        turns,
                        matrix.events(),
                        audit,
                        matrix.ids(),
                        clock,
                        matrix.random()),
                audit,
                new KeyAuthenticator(keys),
                new AccessGuard(access, levelOf, secondFactorOf),
                new AuditListener(tally));
    }
}
