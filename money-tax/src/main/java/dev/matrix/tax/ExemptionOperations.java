package dev.matrix.tax;

import static dev.matrix.tax.TaxRequests.orNone;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.tax.TaxRequests.CreateExemption;
import dev.matrix.tax.TaxRequests.ExemptionId;
import dev.matrix.tax.TaxRequests.ExemptionSearch;
import dev.matrix.tax.TaxRequests.RevokeExemption;
import dev.matrix.tax.TaxViews.ExemptionView;
import java.util.List;
import java.util.Set;

/** Operations on certificates of exemption: holders hand them in, operators let them count. */
record ExemptionOperations(ApiArea area, TaxExemptions exemptions) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.writing(
                                Operation.post(
                                        "/v1/tax/exemptions", CreateExemption.class, Reply.json(ExemptionView.class)),
                                "createTaxExemption",
                                "Hands in a certificate; it counts once it is activated.")
                        .byOwners()
                        .example("an embassy's", TaxExamples.CREATE_EXEMPTION, TaxExamples.EXEMPTION)
                        .handle(this::create),
                area.reading(
                                Operation.get(
                                        "/v1/tax/exemptions", ExemptionSearch.class, Reply.pageOf(ExemptionView.class)),
                                "listTaxExemptions",
                                "Lists certificates in the order they were handed in.")
                        .example(
                                "a holder's",
                                new ExemptionSearch(TaxExamples.OWNER, null, 20, null),
                                new Page<>(List.of(TaxExamples.EXEMPTION), null))
                        .handle(this::list),
                area.writing(
                                Operation.post(
                                        "/v1/tax/exemptions/{id}/activations",
                                        ExemptionId.class,
                                        Reply.json(ExemptionView.class)),
                                "activateTaxExemption",
                                "Lets a pending certificate count.")
                        .byOperators()
                        .example("one", new ExemptionId("txe_1"), TaxExamples.ACTIVE_EXEMPTION)
                        .handle(this::activate),
                area.writing(
                                Operation.post(
                                        "/v1/tax/exemptions/{id}/revocations",
                                        RevokeExemption.class,
                                        Reply.json(ExemptionView.class)),
                                "revokeTaxExemption",
                                "Ends an active certificate from a day on; what was committed stays.")
                        .byOperators()
                        .example("one", TaxExamples.REVOKE_EXEMPTION, TaxExamples.REVOKED_EXEMPTION)
                        .handle(this::revoke));
    }

    private ExemptionView create(CreateExemption request, ApiContext context) {
        TaxExemption wanted = new TaxExemption(
                "",
                context.owner(request.owner()),
                request.number(),
                request.reason(),
                request.types() == null ? Set.of() : request.types(),
                orNone(request.jurisdictions()),
                orNone(request.categories()).stream().map(ProductCategory::new).toList(),
                request.percent(),
                request.from(),
                request.to(),
                request.document(),
                TaxExemption.Status.PENDING,
                null,
                0);
        return ExemptionView.of(exemptions.add(context.tx(), wanted));
    }

    private Page<ExemptionView> list(ExemptionSearch search, ApiContext context) {
        Owner holder = context.ownerFilter(search.owner()).orElse(null);
        PageRequest page = new PageRequest(search.limit(), search.cursor());
        Page<TaxExemption> found = search.expiringBefore() == null
                ? exemptions.page(holder, page)
                : exemptions.expiring(holder, search.expiringBefore(), page);
        return found.map(ExemptionView::of);
    }

    private ExemptionView activate(ExemptionId request, ApiContext context) {
        return ExemptionView.of(exemptions.activate(context.tx(), request.id()));
    }

    private ExemptionView revoke(RevokeExemption request, ApiContext context) {
        return ExemptionView.of(exemptions.revoke(context.tx(), request.id(), request.from()));
    }
}
