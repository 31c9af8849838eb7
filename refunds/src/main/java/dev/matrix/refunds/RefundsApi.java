package dev.matrix.refunds;

import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The HTTP operations of refunds. */
final class RefundsApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    RefundsApi(StoredRefunds refunds) {
        RefundRows rows = new RefundRows(refunds);
        this.operations = Stream.of(
                        new PaymentOperations(refunds, rows).all(),
                        new RefundOperations(refunds, rows).all(),
                        new ReviewOperations(refunds, rows).all())
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

    static <Q extends Record, R> Operation.Draft<Q, R> reading(Operation.Draft<Q, R> draft, String id, String summary) {
        return draft.id(id).tag("refunds").summary(summary).scope("refunds:read");
    }

    static <Q extends Record, R> Operation.Draft<Q, R> writing(Operation.Draft<Q, R> draft, String id, String summary) {
        return draft.id(id)
                .tag("refunds")
                .summary(summary)
                .scope("refunds:write")
                .byOwners();
    }

    static <Q extends Record, R> Operation.Draft<Q, R> approving(
            Operation.Draft<Q, R> draft, String id, String summary) {
        return draft.id(id)
                .tag("refunds")
                .summary(summary)
                .scope("refunds:approve")
                .byOperators();
    }

    /** Every refusal is a problem of its own, which a caller may have to handle. */
    static <Q extends Record, R> Operation.Draft<Q, R> refusing(Operation.Draft<Q, R> draft) {
        for (RefusalCode code : RefusalCode.values()) {
            String word = Forms.word(code);
            String title = word.substring(0, 1).toUpperCase(Locale.ROOT)
                    + word.substring(1).replace('_', ' ');
            draft.error(word, 422, title);
        }
        return draft;
    }
}
