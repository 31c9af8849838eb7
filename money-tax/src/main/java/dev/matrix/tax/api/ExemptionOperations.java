package dev.matrix.tax.api;

import static dev.matrix.tax.api.TaxApi.reading;
import static dev.matrix.tax.api.TaxApi.writing;
import static dev.matrix.tax.api.TaxRequests.orNone;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Pattern;
import dev.matrix.core.wire.Range;
import dev.matrix.tax.ProductCategory;
import dev.matrix.tax.TaxExemption;
import dev.matrix.tax.TaxExemptions;
import dev.matrix.tax.TaxType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations on certificates of exemption: holders hand them in, operators let them count. */
record ExemptionOperations(TaxExemptions exemptions) {

    record CreateExemption(
            @Nullable Owner owner,

            @Describe("The certificate's own.") @Length(min = 1, max = 128)
            String number,

            @Describe("Text for invoices.") @Length(min = 1, max = TaxRequests.LONGEST_TEXT)
            String reason,

            @Describe("Of tax; absent: all.") @Nullable Set<TaxType> types,

            @Describe("And what lies within them, such as US-CA; absent: all.") @Length(min = 2, max = 64) @Nullable
            List<String> jurisdictions,

            @Describe("And those below them; absent: all.")
            @Length(min = 1, max = 64)
            @Pattern(TaxRequests.CATEGORY)
            @Nullable
            List<String> categories,

            @Describe("How much of the base it frees: above 0 to 100.") @Default("100")
            BigDecimal percent,

            LocalDate from,

            @Describe("The last day; absent: open.") @Nullable
            LocalDate to,

            @Describe("Where its copy is kept.") @Length(max = TaxRequests.LONGEST_TEXT) @Nullable
            String document) {}

    record ExemptionSearch(
            @Nullable Owner owner,

            @Describe("Those whose last day is before this one.") @Nullable
            LocalDate expiringBefore,

            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable @Length(max = 512) String cursor) {}

    record ExemptionId(String id) {}

    record RevokeExemption(
            String id,

            @Describe("The first day on which it no longer counts.")
            LocalDate from) {}

    @Describe("A certificate that frees a buyer from tax.")
    @ApiName("TaxExemption")
    record ExemptionView(
            String id,
            Owner owner,
            String number,
            @Length(max = TaxRequests.LONGEST_TEXT) String reason,
            Set<TaxType> types,
            List<String> jurisdictions,
            List<String> categories,
            BigDecimal percent,
            LocalDate from,
            @Nullable LocalDate to,

            @Length(max = TaxRequests.LONGEST_TEXT) @Nullable
            String document,

            TaxExemption.Status status,

            @Describe("The first day on which it no longer counts.") @Nullable
            LocalDate revokedFrom) {

        static ExemptionView of(TaxExemption exemption) {
            return new ExemptionView(
                    exemption.id(),
                    exemption.holder(),
                    exemption.number(),
                    exemption.reason(),
                    exemption.types(),
                    exemption.jurisdictions(),
                    exemption.categories().stream().map(ProductCategory::name).toList(),
                    exemption.percent(),
                    exemption.from(),
                    exemption.to(),
                    exemption.document(),
                    exemption.status(),
                    exemption.revokedFrom());
        }
    }

    List<Operation<?, ?>> all() {
        return List.of(
                writing(
                                Operation.post(
                                        "/v1/tax/exemptions", CreateExemption.class, Reply.json(ExemptionView.class)),
                                "createTaxExemption",
                                "Hands in a certificate; it counts once it is activated.")
                        .byOwners()
                        .example("an embassy's", TaxExamples.CREATE_EXEMPTION, TaxExamples.EXEMPTION)
                        .handle(this::create),
                reading(
                                Operation.get(
                                        "/v1/tax/exemptions", ExemptionSearch.class, Reply.pageOf(ExemptionView.class)),
                                "listTaxExemptions",
                                "Lists certificates in the order they were handed in.")
                        .example(
                                "a holder's",
                                new ExemptionSearch(TaxExamples.OWNER, null, 20, null),
                                new Page<>(List.of(TaxExamples.EXEMPTION), null))
                        .handle(this::list),
                writing(
                                Operation.post(
                                        "/v1/tax/exemptions/{id}/activations",
                                        ExemptionId.class,
                                        Reply.json(ExemptionView.class)),
                                "activateTaxExemption",
                                "Lets a pending certificate count.")
                        .byOperators()
                        .example("one", new ExemptionId("txe_1"), TaxExamples.ACTIVE_EXEMPTION)
                        .handle(this::activate),
                writing(
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
