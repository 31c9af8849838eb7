package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.spi.BuildFaults;
import dev.matrix.tax.format.Formats;
import dev.matrix.tax.spi.LocalRateProvider;
import dev.matrix.tax.spi.TaxRuleSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wires taxes; every setting but the sellers has a default. Not thread-safe. */
public final class TaxesBuilder {

    private final Matrix matrix;
    private final List<SellerProfile> sellers = new ArrayList<>();
    private final List<TaxRuleSource> sources = new ArrayList<>(List.of(SeedRules.INSTANCE));
    private final Set<String> outsideScope = new HashSet<>();
    private final List<TaxCountry> countries = new ArrayList<>();
    private final Set<ProductCategory> categories = new HashSet<>();
    private final List<Map.Entry<String, RoundingPolicy>> rounding = new ArrayList<>();
    private @Nullable CurrencyConverter converter;
    private @Nullable LocalRateProvider localRates;
    private @Nullable TaxIds ids;
    private @Nullable TaxIdProof proof;
    private UncheckedIds uncheckedIds = new UncheckedIds.ChargeAndRecheck();
    private boolean stateRatesOnFailure;
    private boolean strictEvidence;
    private boolean allowStaleCommit;
    private boolean followRefunds;

    TaxesBuilder(Matrix matrix) {
        this.matrix = requireNonNull(matrix, "matrix");
    }

    /** Adds a seller; requests name it by its id, which no other has. */
    public TaxesBuilder seller(SellerProfile profile) {
        sellers.add(requireNonNull(profile, "profile"));
        return this;
    }

    /** Converts for thresholds and tax currencies; none by default, and then amounts in other currencies are unknown there. */
    public TaxesBuilder converter(CurrencyConverter rates) {
        converter = requireNonNull(rates, "rates");
        return this;
    }

    /** Adds rules that the host ships; those of a higher priority outrank the seed. */
    public TaxesBuilder rules(TaxRuleSource source) {
        sources.add(requireNonNull(source, "source"));
        return this;
    }

    /** Knows local US rates; none by default, and US results then warn LOCAL_RATES_MISSING. */
    public TaxesBuilder localRates(LocalRateProvider provider) {
        localRates = requireNonNull(provider, "provider");
        return this;
    }

    /** Applies state rates with a warning where the local provider fails; by default such a sale is undetermined. */
    public TaxesBuilder stateRatesOnFailure() {
        stateRatesOnFailure = true;
        return this;
    }

    /** Refuses one piece of evidence alone as LOCATION_MISSING; by default it warns. */
    public TaxesBuilder strictEvidence() {
        strictEvidence = true;
        return this;
    }

    /** Sells to a country that no rule covers as outside the scope of tax; by default such sales are undetermined. */
    public TaxesBuilder outsideScope(String country) {
        outsideScope.add(requireNonNull(country, "country").toUpperCase(Locale.ROOT));
        return this;
    }

    /** Adds a country that the shipped tables don't cover, with all that its taxes need. */
    public TaxesBuilder country(TaxCountry country) {
        countries.add(requireNonNull(country, "country"));
        return this;
    }

    /** Knows a category of the host's own that no rule names; it is taxed as what it falls back to. */
    public TaxesBuilder category(ProductCategory category) {
        categories.add(requireNonNull(category, "category"));
        return this;
    }

    /** What becomes of businesses whose tax id can't be checked now; {@link UncheckedIds.ChargeAndRecheck} by default. */
    public TaxesBuilder uncheckedIds(UncheckedIds policy) {
        uncheckedIds = requireNonNull(policy, "policy");
        return this;
    }

    /** Commits calculations whose tax currency's rate is stale; refused by default. */
    public TaxesBuilder allowStaleCommit() {
        allowStaleCommit = true;
        return this;
    }

    /** Rounds a jurisdiction's taxes otherwise, which is set once; HALF_UP, PER_RATE, TAX_FIRST by default. */
    public TaxesBuilder rounding(String jurisdiction, RoundingPolicy policy) {
        rounding.add(Map.entry(jurisdiction.toUpperCase(Locale.ROOT), policy));
        return this;
    }

    /** Reverses taxes by {@code payment.refunded} and gives them back by {@code payment.refund_reversed}; off by default. */
    public TaxesBuilder followRefunds() {
        followRefunds = true;
        return this;
    }

    /** Checks buyers' tax ids; by default by form and check digits alone, without any verifier. */
    public TaxesBuilder ids(TaxIds checks) {
        ids = requireNonNull(checks, "checks");
        return this;
    }

    TaxesBuilder proof(TaxIdProof other) {
        proof = other;
        return this;
    }

    /**
     * Adds taxes to the Matrix.
     *
     * @throws IllegalStateException without a seller, or when the Matrix was started
     * @throws dev.matrix.core.InvalidRequestException if two sellers have one id, a jurisdiction is rounded in two ways, a
     *     country is unknown, or one that is added is covered already or not whole; the message lists each
     */
    public Taxes build() {
        BuildFaults faults = new BuildFaults("Taxes");
        Map<String, SellerProfile> sellersById = new HashMap<>();
        for (SellerProfile seller : sellers) {
            faults.value(
                    sellersById.putIfAbsent(seller.id(), seller) == null,
                    "Two sellers have the id " + seller.id() + "; give one another.");
        }
        Map<String, RoundingPolicy> roundings = new HashMap<>();
        for (Map.Entry<String, RoundingPolicy> each : rounding) {
            faults.check(() -> Jurisdictions.check(each.getKey()));
            faults.value(
                    roundings.putIfAbsent(each.getKey(), each.getValue()) == null,
                    "The taxes of " + each.getKey() + " are rounded in two ways; choose one.");
        }
        outsideScope.forEach(country -> faults.check(() -> Jurisdictions.checkCountry(country)));
        checkCountries(faults);
        Geography geography = Geography.shipped().with(countries);
        List<TaxRule> added = sources.stream()
                .filter(source -> !source.equals(SeedRules.INSTANCE))
                .flatMap(RuleBook::read)
                .toList();
        added.forEach(rule -> faults.check(() -> StoredRates.requireEffect(rule, geography)));
        faults.wiring(!sellers.isEmpty(), "Taxes need a seller: Taxes.on(matrix).seller(SellerProfile.of(…)).")
                .raise();
        Settings settings = new Settings(
                sellersById,
                converter,
                localRates,
                stateRatesOnFailure,
                strictEvidence,
                outsideScope,
                uncheckedIds,
                allowStaleCommit,
                roundings,
                categories.stream().map(ProductCategory::name).collect(Collectors.toSet()),
                geography,
                SupplyRules.shipped().with(countries));
        TaxStores stores = TaxStores.of(matrix.stores());
        TaxJson json = new TaxJson(matrix.json());
        KnownFacts facts =
                new KnownFacts(matrix.transactions(), matrix.clock(), matrix.currencies(), stores, json, converter);
        List<TaxRuleSource> all = new ArrayList<>(sources);
        countries.forEach(country -> all.add(new CountryRules(country)));
        RuleBook book = new RuleBook(matrix.transactions(), stores, json, all);
        matrix.add(book);
        TaxLedger ledger = new TaxLedger(
                matrix.events(),
                matrix.ids(),
                matrix.storeClock(),
                stores,
                json,
                facts,
                settings.supplies(),
                allowStaleCommit);
        if (followRefunds) {
            matrix.add(new RefundFollower(ledger, Set.copyOf(sellersById.keySet())));
        }
        TaxIds checks = ids == null ? TaxIds.on(matrix).build() : ids;
        TaxIdProof known = proof == null ? id -> proof(id, checks) : proof;
        return new StoredTaxes(matrix, settings, stores, json, facts, book, ledger, checks, known);
    }

    private void checkCountries(BuildFaults faults) {
        Set<String> known = new HashSet<>(Geography.shipped().countries());
        for (TaxCountry country : countries) {
            String code = country.code();
            String governing = Geography.shipped().governing(code);
            faults.value(
                    known.add(code) && governing.equals(code),
                    "The country " + code + " is covered already" + (governing.equals(code) ? "" : " by " + governing)
                            + "; rules of a higher priority outrank the shipped ones.");
            String missing = country.missing();
            faults.value(
                    missing == null,
                    "The country " + code + " lacks " + missing + ", so its sales could not be taxed; add it.");
        }
    }

    /** By the form that a country's ids have here, where no register and no shipped form knows them. */
    private TaxIdProof.Standing proof(TaxId id, TaxIds checks) {
        TaxIdProof.Standing standing = TaxIdProof.of(checks.check(id));
        return countries.stream()
                .filter(country -> country.code().equals(id.prefix()))
                .findFirst()
                .map(country -> ofCountry(country, id, standing))
                .orElse(standing);
    }

    private static TaxIdProof.Standing ofCountry(TaxCountry country, TaxId id, TaxIdProof.Standing standing) {
        if (!country.accepts(id)) {
            return new TaxIdProof.Standing(TaxIdProof.State.INVALID, null);
        }
        return standing.state() == TaxIdProof.State.INVALID && !Formats.knows(id.prefix())
                ? new TaxIdProof.Standing(TaxIdProof.State.UNVERIFIED, null)
                : standing;
    }

    /** The rates of a country that the host adds. */
    private record CountryRules(TaxCountry country) implements TaxRuleSource {

        @Override
        public String version() {
            return country.code();
        }

        @Override
        public Stream<TaxRule> rules() {
            return country.rules().stream();
        }
    }
}
