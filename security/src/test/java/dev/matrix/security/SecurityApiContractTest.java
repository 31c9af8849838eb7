package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.spi.Stores;
import dev.matrix.security.spi.FactorProofStore;
import dev.matrix.security.spi.GeoRecord;
import dev.matrix.security.spi.GeoSource;
import dev.matrix.testkit.ApiModuleContract;
import dev.matrix.testkit.ManualClock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of security keep the contract of modules. */
class SecurityApiContractTest implements ApiModuleContract {

    private @Nullable Node node;

    @Override
    public Matrix matrix(Stores stores) {
        GeoSource places = GeoSource.fixed(Map.of(IpRange.parse("203.0.113.0/24"), GeoRecord.of("NL")));
        node = new Node(stores, ManualClock.at("2026-11-02T09:30:00Z"), "one", wiring -> wiring.geo(places));
        return node.matrix;
    }

    @Override
    public ApiModule module(Matrix matrix) {
        return requireNonNull(node).security.api();
    }

    @Override
    public Map<String, String> existing(Matrix matrix, Owner owner) {
        Node own = requireNonNull(node);
        RuleChange rule =
                own.security.rules().add(own.rule(RuleScope.of(owner), RuleAction.BLOCK, "198.51.100.7"), Node.CHANGE);
        RuleChange geoRule = own.security
                .rules()
                .add(GeoRule.of(RuleScope.of(owner), GeoMatch.country("FR"), RuleAction.BLOCK), Node.CHANGE);
        Subject alice = new Subject(owner, "alice");
        FactorChange.Enrolment device = (FactorChange.Enrolment)
                own.security.secondFactors().beginTotp(alice, TotpOptions.of("Acme", "alice"), null);
        matrix.transactions()
                .inTransaction(tx -> matrix.stores()
                        .get(FactorProofStore.class)
                        .insertProof(tx, "prf_01kdvdna009xkjgcjvmb5kf651", owner, "alice", own.clock.instant()));
        return Map.of(
                "removeGeoRule",
                "/v1/security/geo-rules/" + ((RuleChange.Applied) geoRule).ids().get(0),
                "removeTotpDevice",
                "/v1/security/totp/secrets/" + device.deviceId(),
                "removeIpRule",
                "/v1/security/ip-rules/" + ((RuleChange.Applied) rule).ids().get(0),
                "revokeApiKey",
                "/v1/security/api-keys/" + key(owner),
                "rotateApiKey",
                "/v1/security/api-keys/" + key(owner) + "/rotations");
    }

    @Override
    public Set<String> writableByOwners() {
        return Set.of(
                "addIpRule",
                "importIpRules",
                "removeIpRule",
                "addGeoRule",
                "removeGeoRule",
                "replaceAccessPolicy",
                "checkAccess",
                "issueApiKey",
                "revokeApiKey",
                "rotateApiKey",
                "beginTotp",
                "removeTotpDevice",
                "verifySecondFactor",
                "renewRecoveryCodes");
    }

    private String key(Owner owner) {
        return requireNonNull(node)
                .security
                .apiKeys()
                .issue(owner, "a key", Set.of("security:read"), null, Node.HOST)
                .key()
                .id();
    }
}
