package dev.matrix.sla;

import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP operations of service levels. */
final class SlaApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    SlaApi(StoredSlas slas) {
        SlaArea area = SlaArea.of(slas);
        this.operations = Stream.of(
                        new ContractOperations(slas, area).all(),
                        new MeasurementOperations(slas, area).all(),
                        new ComponentOperations(slas, area).all(),
                        new WatchOperations(slas, area).all(),
                        new StatementOperations(slas, area).all())
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
}
