package dev.matrix.sla;

import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP operations of service levels. */
final class SlaApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    SlaApi(StoredSlas slas) {
        this.operations = Stream.of(
                        new ContractOperations(slas).all(),
                        new MeasurementOperations(slas).all(),
                        new WatchOperations(slas).all(),
                        new StatementOperations(slas).all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String name() {
        return "sla";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return operations;
    }

    static <Q extends Record, R> Operation.Draft<Q, R> reading(Operation.Draft<Q, R> draft, String id, String summary) {
        return draft.id(id).tag("sla").summary(summary).scope("sla:read");
    }

    static <Q extends Record, R> Operation.Draft<Q, R> measuring(
            Operation.Draft<Q, R> draft, String id, String summary) {
        return draft.id(id).tag("sla").summary(summary).scope("sla:write").byOperators();
    }

    static <Q extends Record, R> Operation.Draft<Q, R> deciding(
            Operation.Draft<Q, R> draft, String id, String summary) {
        return draft.id(id).tag("sla").summary(summary).scope("sla:admin").byOperators();
    }
}
