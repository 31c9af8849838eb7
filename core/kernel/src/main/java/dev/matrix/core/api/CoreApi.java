package dev.matrix.core.api;

import dev.matrix.core.event.EventLog;
import dev.matrix.core.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Core's own operations: events, the caller's account, the change log. */
final class CoreApi implements ApiModule {

    private final List<Operation<?, ?>> operations = new ArrayList<>();
    private final AccountOperations account;
    private final EventTypeOperation types;

    CoreApi(EventLog events, JsonCodec json, int payloadLimit, Map<String, RatePolicy> rates) {
        this.account = new AccountOperations(rates);
        this.types = new EventTypeOperation(json);
        operations.addAll(new EventOperations(events, json, payloadLimit).operations());
        operations.add(types.operation());
        operations.addAll(new EventAdminOperations(events).operations());
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
