package dev.matrix.tax;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Operation.Draft;
import dev.matrix.core.api.Reply;
import dev.matrix.tax.TaxLedger.Recorded;
import dev.matrix.tax.TaxRequests.CreateTransaction;
import dev.matrix.tax.TaxRequests.Document;
import dev.matrix.tax.TaxRequests.Reverse;
import dev.matrix.tax.TaxRequests.TransactionId;
import dev.matrix.tax.TaxRequests.TransactionSearch;
import dev.matrix.tax.TaxViews.CalculationView;
import dev.matrix.tax.TaxViews.ReversalView;
import dev.matrix.tax.TaxViews.TransactionView;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Operations that calculate tax, commit it and take it back. */
record TransactionOperations(ApiArea area, StoredTaxes taxes) {

    /** Room for 10,000 items. */
    private static final int LARGEST_DOCUMENT = 4 << 20;

    List<Operation<?, ?>> all() {
        return List.of(
                documents(area.reading(
                                Operation.post(
                                        "/v1/tax/calculations", Document.class, Reply.json(CalculationView.class)),
                                "calculateTax",
                                "Calculates the tax of a document and says why; an operator's result is kept"
                                        + " to be committed."))
                        .byOwners()
                        .rate("heavy")
                        .example("a consumer in France", TaxExamples.DOCUMENT, TaxExamples.CALCULATION)
                        .handle(this::calculate),
                documents(area.writing(
                                Operation.post(
                                        "/v1/tax/transactions",
                                        CreateTransaction.class,
                                        Reply.json(TransactionView.class)),
                                "createTaxTransaction",
                                "Commits the tax of a document for good; repeated by its reference, it replies 200."))
                        .byOperators()
                        .error("rate_stale", 422, "The tax in the second currency rests on a rate that is too old.")
                        .example("a kept calculation", TaxExamples.COMMIT, TaxExamples.TRANSACTION)
                        .handle(this::commit),
                area.reading(
                                Operation.get(
                                        "/v1/tax/transactions",
                                        TransactionSearch.class,
                                        Reply.pageOf(TransactionView.class)),
                                "listTaxTransactions",
                                "Lists a seller's committed taxes, the oldest first.")
                        .example(
                                "a seller's",
                                TaxExamples.TRANSACTIONS,
                                new Page<>(List.of(TaxExamples.TRANSACTION), null))
                        .handle(this::list),
                area.reading(
                                Operation.get(
                                        "/v1/tax/transactions/{id}",
                                        TransactionId.class,
                                        Reply.json(TransactionView.class)),
                                "getTaxTransaction",
                                "Shows committed tax and what was reversed of it.")
                        .example("one", TaxExamples.TRANSACTION_ID, TaxExamples.TRANSACTION)
                        .handle((request, context) ->
                                TransactionView.of(visible(request.id(), taxes.find(request.id()), context))),
                area.writing(
                                Operation.post(
                                        "/v1/tax/transactions/{id}/reversals",
                                        Reverse.class,
                                        Reply.json(ReversalView.class)),
                                "reverseTaxTransaction",
                                "Takes tax back on its own record; repeated by its reference, it replies 200.")
                        .byOperators()
                        .status(201)
                        .key(KeyMode.OWNED)
                        .maxBody(LARGEST_DOCUMENT)
                        .example("a part", TaxExamples.REVERSE, TaxExamples.REVERSAL)
                        .handle(this::reverse));
    }

    /** Tax is determined outside transactions (see {@link Taxes#calculate}); a commit is repeated by its reference. */
    private static <Q extends Record, R> Draft<Q, R> documents(Draft<Q, R> draft) {
        return draft.key(KeyMode.UNUSED)
                .maxBody(LARGEST_DOCUMENT)
                .error("tax_undetermined", 422, "The tax can't be told; the members cause and trace say why.");
    }

    private CalculationView calculate(Document document, ApiContext context) {
        TaxCalculation calculation = calculated(asked(document, context));
        if (!context.principal().operator()) {
            // Only operators commit calculations, and a customer that could store them could fill the disk.
            return CalculationView.of(null, null, calculation);
        }
        return CalculationView.of(taxes.save(calculation), context.now().plus(Taxes.KEPT), calculation);
    }

    private TaxRequest asked(Document document, ApiContext context) {
        Owner owner = context.ownerFilter(document.buyer().owner()).orElse(null);
        if (!TaxRequests.orNone(document.overrides()).isEmpty()) {
            area.requireOperator(context, "may override what the rules say");
        }
        return document.request(owner);
    }

    private TaxCalculation calculated(TaxRequest request) {
        TaxOutcome outcome = taxes.calculate(request);
        if (outcome instanceof TaxCalculation calculation) {
            return calculation;
        }
        Undetermined none = (Undetermined) outcome;
        String cause = none.cause().name().toLowerCase(Locale.ROOT);
        ApiProblem problem = ApiProblem.of(
                        422, "tax_undetermined", "The tax can't be determined: " + none.cause() + ".")
                .with("cause", cause)
                .with("trace", none.trace());
        throw none.itemId() == null ? problem : problem.with("itemId", none.itemId());
    }

    private TransactionView commit(CreateTransaction request, ApiContext context) {
        try {
            return TransactionView.of(recorded(committed(request, context), context));
        } catch (StaleRateException e) {
            throw ApiProblem.of(422, "rate_stale", String.valueOf(e.getMessage()));
        }
    }

    /** A repeated request is answered before anything is calculated: by now it may be undetermined. */
    private Recorded committed(CreateTransaction request, ApiContext context) {
        String reference = request.reference();
        if (request.calculationId() != null) {
            return taxes.record(kept(request.calculationId()), reference);
        }
        TaxRequest asked = asked(Objects.requireNonNull(request.request()), context);
        return taxes.committed(asked, reference).orElseGet(() -> taxes.record(calculated(asked), reference));
    }

    private static TaxTransaction recorded(Recorded recorded, ApiContext context) {
        if (recorded.repeated()) {
            context.status(200);
        }
        return recorded.transaction();
    }

    private TaxCalculation kept(String id) {
        return taxes.saved(id)
                .orElseThrow(() -> ApiProblem.of(
                        422, "unprocessable", "There is no such calculation, or it has expired; calculate it again."));
    }

    private Page<TransactionView> list(TransactionSearch search, ApiContext context) {
        Owner owner = context.ownerFilter(search.owner()).orElse(null);
        return taxes.page(search.sellerId(), owner, new PageRequest(search.limit(), search.cursor()))
                .map(TransactionView::of);
    }

    private TaxTransaction visible(String id, Optional<TaxTransaction> found, ApiContext context) {
        return area.visible(context, "tax transaction", id, found, TaxTransaction::owner);
    }

    private ReversalView reverse(Reverse request, ApiContext context) {
        String id = visible(request.id(), taxes.find(context.tx(), request.id()), context)
                .id();
        Reversal reversal = request.reversal();
        TaxTransaction after = recorded(taxes.record(context.tx(), id, reversal), context);
        return ReversalView.of(after).stream()
                .filter(view -> view.reference().equals(reversal.reference()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A reversal is missing from its transaction."));
    }
}
