package dev.matrix.analytics.cost;

import static java.util.Objects.requireNonNull;

import dev.matrix.analytics.cost.spi.CostRule;
import dev.matrix.analytics.cost.spi.PlanCatalog;
import dev.matrix.analytics.cost.spi.ResourceCatalog;
import dev.matrix.analytics.cost.spi.ResourceLimits;
import dev.matrix.core.Matrix;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.spi.BuildFaults;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Wires cost optimisation into a Matrix. Not thread-safe. */
public final class CostOptimizationsBuilder {

    private static final Pattern RULE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final Matrix matrix;
    private final List<CostRule> rules = new ArrayList<>();
    private @Nullable PlanCatalog plans;
    private @Nullable ResourceCatalog resources;
    private @Nullable CurrencyConverter converter;
    private ResourceLimits limits = ResourceLimits.none();
    private SeverityPolicy severity = SeverityPolicy.standard();
    private BigDecimal minimumSavings = BigDecimal.ONE;
    private int minimumMonths = 3;
    private String keepTag = "matrix.keep";
    private Duration expiry = Duration.ofDays(30);
    private Duration closeAfter = Duration.ofHours(24);

    CostOptimizationsBuilder(Matrix matrix) {
        this.matrix = requireNonNull(matrix, "matrix");
    }

    /** The plans; none by default: then nothing is rated, and a diagnostic says so. */
    public CostOptimizationsBuilder plans(PlanCatalog catalog) {
        this.plans = requireNonNull(catalog, "catalog");
        return this;
    }

    /** The types of machines; none by default: then no machine is judged, and a diagnostic says so. */
    public CostOptimizationsBuilder resources(ResourceCatalog catalog) {
        this.resources = requireNonNull(catalog, "catalog");
        return this;
    }

    /** Machines with this tag are left alone, whatever its value; {@code matrix.keep} by default. */
    public CostOptimizationsBuilder keepTag(String tag) {
        this.keepTag = requireNonNull(tag, "tag");
        return this;
    }

    /** Converts savings to the currency of the severities' amounts; none by default: then shares alone decide. */
    public CostOptimizationsBuilder converter(CurrencyConverter rates) {
        this.converter = requireNonNull(rates, "rates");
        return this;
    }

    /** Which features must stay; none by default. */
    public CostOptimizationsBuilder limits(ResourceLimits must) {
        this.limits = requireNonNull(must, "must");
        return this;
    }

    /** How severities follow from savings; {@link SeverityPolicy#standard()} by default. */
    public CostOptimizationsBuilder severity(SeverityPolicy policy) {
        this.severity = requireNonNull(policy, "policy");
        return this;
    }

    /** Adds a rule of the host's. */
    public CostOptimizationsBuilder rule(CostRule rule) {
        rules.add(requireNonNull(rule, "rule"));
        return this;
    }

    /** The least saving a month that is offered, in the bill's currency; 1.00 by default. */
    public CostOptimizationsBuilder minimumSavings(BigDecimal amount) {
        this.minimumSavings = requireNonNull(amount, "amount");
        return this;
    }

    /** How many complete billing months another plan is judged by, 1 to 12; 3 by default. */
    public CostOptimizationsBuilder minimumMonths(int months) {
        this.minimumMonths = months;
        return this;
    }

    /** How long a recommendation holds unless an analysis finds it again; 30 days by default. */
    public CostOptimizationsBuilder expiry(Duration after) {
        this.expiry = requireNonNull(after, "after");
        return this;
    }

    /** How long after its end a billing month is complete, as usage may come late; 24 h by default. */
    public CostOptimizationsBuilder closeAfter(Duration after) {
        this.closeAfter = requireNonNull(after, "after");
        return this;
    }

    /**
     * Adds cost optimisation to the Matrix.
     *
     * @throws dev.matrix.core.InvalidRequestException for values that are not allowed; the message lists all
     * @throws IllegalStateException if the Matrix was started
     */
    public CostOptimizations build() {
        List<CostRule> all = new ArrayList<>(List.of(
                new WasteRule(),
                new MachineRule(RecommendationType.INSTANCE, limits, keepTag),
                new MachineRule(RecommendationType.RESOURCE, limits, keepTag),
                new TierRule(limits, minimumMonths, expiry)));
        all.addAll(rules);
        new BuildFaults("CostOptimizations")
                .value(minimumSavings.signum() > 0, "minimumSavings is above 0; " + minimumSavings + " is not.")
                .value(
                        minimumMonths >= 1 && minimumMonths <= 12,
                        "minimumMonths is 1 to 12; " + minimumMonths + " is not.")
                .value(!expiry.isNegative() && !expiry.isZero(), "expiry is longer than 0.")
                .value(!closeAfter.isNegative(), "closeAfter is not negative.")
                .value(
                        all.stream().map(CostRule::name).distinct().count() == all.size(),
                        "Rules have names of their own; two have the same one among "
                                + all.stream().map(CostRule::name).toList() + ".")
                .value(
                        all.stream().allMatch(rule -> RULE.matcher(rule.name()).matches()),
                        "A rule's name matches " + RULE + ".")
                .raise();
        CostSettings settings =
                new CostSettings(plans, resources, converter, severity, all, minimumSavings, expiry, closeAfter);
        CostStores stores = CostStores.of(matrix.stores());
        matrix.add(new CostFollower(stores.facts(), stores.samples(), new Documents(matrix.json())));
        matrix.add(new SampleRetention(stores));
        return new StoredCostOptimizations(
                stores, settings, matrix.events(), matrix.ids(), matrix.json(), matrix.storeClock());
    }
}
