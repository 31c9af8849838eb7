package dev.matrix.tax.api;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.Operation;
import dev.matrix.tax.Taxes;
import java.util.List;
import java.util.stream.Stream;

/** The operations of taxes (money-tax, section 7), over {@link Taxes} and what it writes. */
public final class TaxApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    private TaxApi(Taxes taxes, TaxRecords records) {
        this.operations = Stream.of(
                        new TransactionOperations(taxes, records).all(),
                        new ExemptionOperations(taxes.exemptions()).all(),
                        new RuleOperations(taxes).all(),
                        new TaxIdOperations(taxes.ids()).all())
                .flatMap(List::stream)
                .toList();
    }

    /** What {@link Taxes#api()} returns. */
    public static ApiModule of(Taxes taxes, TaxRecords records) {
        return new TaxApi(taxes, records);
    }

    @Override
    public String name() {
        return "tax";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return operations;
    }

    static <Q extends Record, R> Operation.Draft<Q, R> reading(Operation.Draft<Q, R> draft, String id, String summary) {
        return draft.id(id).tag("tax").summary(summary).scope("tax:read");
    }

    static <Q extends Record, R> Operation.Draft<Q, R> writing(Operation.Draft<Q, R> draft, String id, String summary) {
        return draft.id(id).tag("tax").summary(summary).scope("tax:write");
    }

    /** What is the seller's, or holds for all buyers, is no single owner's to see or to change. */
    static void requireOperator(ApiContext context, String what) {
        if (!context.principal().operator()) {
            throw ApiProblem.of(403, "access_denied", "Only an operator " + what + ".");
        }
    }

    /** Whether a row of that owner's may be seen; what may not is not found, as if it did not exist (H11). */
    static boolean maySee(ApiContext context, Owner owner) {
        return context.ownerFilter(null).map(owner::equals).orElse(true);
    }
}
