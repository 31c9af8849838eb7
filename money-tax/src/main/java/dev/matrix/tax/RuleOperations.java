package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.tax.TaxRequests.CreateRate;
import dev.matrix.tax.TaxRequests.RateSearch;
import dev.matrix.tax.TaxRequests.Registration;
import dev.matrix.tax.TaxRequests.RegistrationsOf;
import dev.matrix.tax.TaxRequests.ReplaceRegistrations;
import dev.matrix.tax.TaxRequests.SummaryOf;
import dev.matrix.tax.TaxRequests.Thresholds;
import dev.matrix.tax.TaxViews.RateView;
import dev.matrix.tax.TaxViews.RegistrationView;
import dev.matrix.tax.TaxViews.ThresholdView;
import java.util.List;
import java.util.stream.Stream;

/** Operations on what holds for all buyers: rates, thresholds, and a seller's registrations and filings. */
record RuleOperations(ApiArea area, Taxes taxes) {

    /** A rule and its place in the order of {@link TaxRates#find}. */
    private record Keyed(String key, TaxRule rule) {

        static Keyed of(TaxRule rule) {
            return new Keyed(
                    String.join(
                            " ",
                            rule.jurisdiction(),
                            rule.type().name(),
                            rule.category().name(),
                            rule.validFrom() == null ? "" : rule.validFrom().toString(),
                            rule.id()),
                    rule);
        }
    }

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get("/v1/tax/rates", RateSearch.class, Reply.pageOf(RateView.class)),
                                "listTaxRates",
                                "Lists the rules that stand, shipped and added, with their sources.")
                        .example("a state's", TaxExamples.RATES, new Page<>(List.of(TaxExamples.RATE), null))
                        .handle((search, context) -> rates(search)),
                area.writing(
                                Operation.post("/v1/tax/rates", CreateRate.class, Reply.json(RateView.class)),
                                "createTaxRate",
                                "Adds a rule, which outranks the shipped ones.")
                        .byOperators()
                        .example("a reduced rate", TaxExamples.CREATE_RATE, TaxExamples.CREATED_RATE)
                        .handle(this::addRate),
                area.reading(
                                Operation.get(
                                        "/v1/tax/registrations",
                                        RegistrationsOf.class,
                                        Reply.pageOf(RegistrationView.class)),
                                "listTaxRegistrations",
                                "Lists where a seller is registered.")
                        .byOperators()
                        .example(
                                "a seller's",
                                new RegistrationsOf(TaxExamples.SELLER),
                                new Page<>(List.of(TaxExamples.REGISTRATION), null))
                        .handle((request, context) -> registrations(request)),
                area.writing(
                                Operation.put(
                                        "/v1/tax/registrations",
                                        ReplaceRegistrations.class,
                                        Reply.pageOf(RegistrationView.class)),
                                "replaceTaxRegistrations",
                                "Replaces the registrations of a seller but those that the host has wired.")
                        .byOperators()
                        .example(
                                "one",
                                TaxExamples.REPLACE_REGISTRATIONS,
                                new Page<>(List.of(TaxExamples.REGISTRATION), null))
                        .handle(this::replace),
                area.reading(
                                Operation.get(
                                        "/v1/tax/thresholds", Thresholds.class, Reply.pageOf(ThresholdView.class)),
                                "listTaxThresholds",
                                "Lists from which turnover a foreign seller registers.")
                        .example("the EU's", new Thresholds(), new Page<>(List.of(TaxExamples.THRESHOLD), null))
                        .handle((request, context) -> new Page<>(
                                taxes.registrations().thresholds().stream()
                                        .map(ThresholdView::of)
                                        .toList(),
                                null)),
                area.reading(
                                Operation.get("/v1/tax/summaries", SummaryOf.class, Reply.pageOf(TaxSummaryRow.class)),
                                "listTaxSummaries",
                                "Lists the sums that a filing asks for, commits less reversals.")
                        .byOperators()
                        .example("a quarter's", TaxExamples.SUMMARY_OF, new Page<>(List.of(TaxExamples.SUMMARY), null))
                        .handle((request, context) -> summary(request)));
    }

    private Page<RateView> rates(RateSearch search) {
        if (search.country() == null && search.region() != null) {
            throw new InvalidRequestException("A region stands beside its country.");
        }
        String jurisdiction = search.region() == null ? search.country() : search.country() + "-" + search.region();
        ProductCategory category = search.category() == null ? null : new ProductCategory(search.category());
        String after = search.cursor() == null ? "" : search.cursor();
        List<Keyed> rules = taxes.rates().find(new TaxRates.Filter(jurisdiction, category, search.date())).stream()
                .map(Keyed::of)
                .filter(rule -> rule.key().compareTo(after) > 0)
                .limit(search.limit() + 1L)
                .toList();
        return Page.of(rules, new PageRequest(search.limit(), search.cursor()), Keyed::key)
                .map(keyed -> RateView.of(keyed.rule()));
    }

    private RateView addRate(CreateRate request, ApiContext context) {
        return RateView.of(taxes.rates().add(context.tx(), request.rule()));
    }

    private SellerProfile seller(String id) {
        return taxes.seller(id).orElseThrow(() -> new NotFoundException("There is no seller " + id + "."));
    }

    private static Page<RegistrationView> page(SellerProfile wired, List<TaxRegistration> stored) {
        return new Page<>(
                Stream.concat(
                                wired.registrations().stream().map(each -> RegistrationView.of(each, true)),
                                stored.stream().map(each -> RegistrationView.of(each, false)))
                        .toList(),
                null);
    }

    private Page<RegistrationView> registrations(RegistrationsOf request) {
        return page(seller(request.sellerId()), taxes.registrations().stored(request.sellerId()));
    }

    private Page<RegistrationView> replace(ReplaceRegistrations request, ApiContext context) {
        List<TaxRegistration> wanted =
                request.registrations().stream().map(Registration::registration).toList();
        SellerProfile seller = seller(request.sellerId());
        taxes.registrations().replace(context.tx(), seller.id(), wanted);
        return page(seller, wanted);
    }

    private Page<TaxSummaryRow> summary(SummaryOf request) {
        return new Page<>(taxes.summary(request.sellerId(), request.from(), request.to()), null);
    }
}
