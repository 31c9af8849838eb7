package dev.matrix.security;

import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP operations of security. */
final class SecurityApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    SecurityApi(StoredSecurity security) {
        ScopeAccess scopes = new ScopeAccess(security.stores());
        this.operations = Stream.of(
                        new RuleOperations(security.rules(), scopes).all(),
                        new CheckOperations(security.access(), security.clientAddresses(), scopes).all(),
                        new KeyOperations(security.apiKeys(), scopes).all(),
                        new FactorOperations(security.secondFactors()).all(),
                        new AuditOperations(security.auditLog()).all())
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

    static <Q extends Record, R> Operation.Draft<Q, R> scoped(
            Operation.Draft<Q, R> draft, String verb, String id, String summary) {
        return draft.id(id)
                .tag("security")
                .summary(summary)
                .scope("security:" + verb)
                .byOwners();
    }
}
