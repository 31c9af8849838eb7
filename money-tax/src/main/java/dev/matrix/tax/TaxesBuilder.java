package dev.matrix.tax;

import dev.matrix.core.Matrix;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.tax.spi.LocalRateProvider;
import dev.matrix.tax.spi.TaxRuleSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wires taxes; every setting but the sellers has a default. Not thread-safe. */
public final class TaxesBuilder {

    private final Matrix matrix;
    private final Map<String, SellerProfile> sellers = new HashMap<>();
    private final List<TaxRuleSource> sources = new ArrayList<>(List.of(SeedRules.INSTANCE));
    private final Set<String> outsideScope = new HashSet<>();
    private final Map<String, RoundingPolicy> rounding = new HashMap<>();
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
        this.matrix = matrix;
    }

    /** Adds a seller; requests name it by its id. */
    public TaxesBuilder seller(SellerProfile profile) {
        sellers.put(profile.id(), profile);
        return this;
    }

    /** Converts for thresholds and tax currencies; none by default, and then amounts in other currencies are unknown there. */
    public TaxesBuilder converter(CurrencyConverter rates) {
        converter = rates;
        return this;
    }

    /** Adds rules that the host ships; those of a higher priority outrank the seed. */
    public TaxesBuilder rules(TaxRuleSource source) {
        sources.add(source);
        return this;
    }

    /** Knows local US rates; none by default, and US results then warn LOCAL_RATES_MISSING. */
    public TaxesBuilder localRates(LocalRateProvider provider) {
        localRates = provider;
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
        outsideScope.add(Jurisdictions.checkCountry(country));
        return this;
    }

    /** What becomes of businesses whose tax id can't be checked now; {@link UncheckedIds.ChargeAndRecheck} by default. */
    public TaxesBuilder uncheckedIds(UncheckedIds policy) {
        uncheckedIds = policy;
        return this;
    }

    /** Commits calculations whose tax currency's rate is stale; refused by default (X7). */
    public TaxesBuilder allowStaleCommit() {
        allowStaleCommit = true;
        return this;
    }

    /** Rounds a jurisdiction's taxes otherwise; HALF_UP, PER_RATE, TAX_FIRST by default. */
    public TaxesBuilder rounding(String jurisdiction, RoundingPolicy policy) {
        rounding.put(Jurisdictions.check(jurisdiction), policy);
        return this;
    }

    /** Reverses taxes by {@code payment.refunded} and gives them back by {@code payment.refund_reversed}; off by default. */
    public TaxesBuilder followRefunds() {
        followRefunds = true;
        return this;
    }

    /** Checks buyers' tax ids; by default by form and check digits alone, without any verifier. */
    public TaxesBuilder ids(TaxIds checks) {
        ids = checks;
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
     */
    public Taxes build() {
        if (sellers.isEmpty()) {
            throw new IllegalStateException("Taxes need a seller: Taxes.on(matrix).seller(SellerProfile.of(…)).");
        }
        Settings settings = new Settings(
                sellers,
                converter,
                localRates,
                stateRatesOnFailure,
                strictEvidence,
                outsideScope,
                uncheckedIds,
                allowStaleCommit,
                rounding);
        TaxStores stores = TaxStores.of(matrix.stores());
        TaxJson json = new TaxJson(matrix.json());
        KnownFacts facts = new KnownFacts(matrix, stores, json, converter);
        RuleBook book = new RuleBook(matrix, stores, json, sources);
        matrix.add(book);
        TaxLedger ledger = new TaxLedger(matrix, stores, json, facts, allowStaleCommit);
        if (followRefunds) {
            matrix.add(new RefundFollower(ledger, Set.copyOf(sellers.keySet())));
        }
        TaxIds checks = ids == null ? TaxIds.on(matrix).build() : ids;
        TaxIdProof known = proof == null ? id -> TaxIdProof.of(checks.check(id)) : proof;
        return new StoredTaxes(matrix, settings, stores, json, facts, book, ledger, checks, known);
    }
}
