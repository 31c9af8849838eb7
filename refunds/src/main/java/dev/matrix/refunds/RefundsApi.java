package dev.matrix.refunds;

import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import dev.matrix.core.spi.Transactions;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP operations of refunds. */
final class RefundsApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    RefundsApi(StoredRefunds refunds, Transactions transactions) {
        ApiArea payments = ApiArea.of("payments", transactions);
        ApiArea area = ApiArea.of("refunds", transactions);
        ApiArea disputes = ApiArea.of("disputes", transactions);
        RefundRows rows = new RefundRows(refunds, area);
        this.operations = Stream.of(
                        new PaymentOperations(payments, area, refunds, rows).all(),
                        new RefundOperations(area, refunds, rows).all(),
                        new ReviewOperations(area, refunds, rows).all(),
                        new DisputeOperations(disputes, refunds, rows).all(),
                        new NotificationOperations(refunds).all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String name() {
        return "refunds";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return operations;
    }
}
