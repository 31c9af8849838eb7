package dev.matrix.security;

import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP operations of security. */
final class SecurityApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    SecurityApi(StoredSecurity security) {
        ApiArea area = ApiArea.of("security", security.stores().transactions());
        ScopeAccess scopes = new ScopeAccess(area, security.stores());
        this.operations = Stream.of(
                        new RuleOperations(area, security.rules(), scopes).all(),
                        new GeoRuleOperations(area, security.rules(), scopes).all(),
                        new PolicyOperations(area, security.rules(), scopes).all(),
                        new CheckOperations(area, security.access(), security.clientAddresses(), scopes).all(),
                        new KeyOperations(area, security.apiKeys(), scopes).all(),
                        new FactorOperations(area, security.secondFactors()).all(),
                        new AuditOperations(area, security.auditLog()).all(),
                        new ErasureOperations(area, security.erasures()).all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String name() {
        return "security";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return operations;
    }
}
