package dev.matrix.tax;

import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The operations of taxes, tax ids and exemptions. */
final class TaxApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    TaxApi(ApiArea area, StoredTaxes taxes) {
        this.operations = Stream.of(
                        new TransactionOperations(area, taxes).all(),
                        new ExemptionOperations(area, taxes.exemptions()).all(),
                        new RuleOperations(area, taxes).all(),
                        new TaxIdOperations(area, taxes.ids()).all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String name() {
        return "tax";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return operations;
    }
}
