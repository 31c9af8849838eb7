package dev.matrix.core.api;

import dev.matrix.core.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Core's own operations: events, the caller's account, the change log. */
final class CoreApi implements ApiModule {

    private final List<Operation<?, ?>> operations = new ArrayList<>();
    private final AccountOperations account;
    private final EventTypeOperation types;

    CoreApi(Matrix matrix, Map<String, RatePolicy> rates) {
        this.account = new AccountOperations(rates);
        this.types = new EventTypeOperation(matrix);
        operations.addAll(new EventOperations(matrix).operations());
        operations.add(types.operation());
        operations.addAll(new EventAdminOperations(matrix).operations());
        operations.addAll(account.operations());
    }

    @Override
    public String name() {
        return "core";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return operations;
    }

    /** Hands over what is known only when all modules are compiled. */
    void bind(Versions versions, ApiCatalog catalog) {
        account.bind(versions, catalog);
        types.bind(catalog);
    }
}
