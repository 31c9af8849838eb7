package dev.matrix.tax;

import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxRuleSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules: shipped, from the host's sources, and stored. Each change publishes {@code tax.rules_changed}. Thread-safe. */
public interface TaxRates {

    /**
     * Which rules are wanted.
     *
     * @param jurisdiction and what lies within it; null: all
     * @param category exactly; null: all
     * @param day those that hold on it; null: all
     */
    record Filter(
            @Nullable String jurisdiction,
            @Nullable ProductCategory category,
            @Nullable LocalDate day) {

        /** @throws dev.matrix.core.InvalidRequestException if the country is unknown */
        public Filter {
            if (jurisdiction != null) {
                jurisdiction = Jurisdictions.check(jurisdiction);
            }
        }
    }

    /** Standing rules by jurisdiction, type's name, category, first day and id. */
    List<TaxRule> find(Filter filter);

    /**
     * Adds a rule under a new id, recorded now; returns it.
     *
     * @throws dev.matrix.core.InvalidRequestException if it could have no effect, as no sale is ever placed in its jurisdiction
     */
    TaxRule add(TaxRule rule);

    /** As {@link #add(TaxRule)}, in the caller's transaction. */
    TaxRule add(Tx tx, TaxRule rule);

    /**
     * Puts a rule in the place of a stored one, which stays known for calculations as of before.
     *
     * @throws dev.matrix.core.NotFoundException if no such rule stands
     */
    TaxRule supersede(String id, TaxRule rule);

    /** As {@link #supersede(String, TaxRule)}, in the caller's transaction. */
    TaxRule supersede(Tx tx, String id, TaxRule rule);

    /** Adds all rules of a source; all or none. Returns how many. */
    int importFrom(TaxRuleSource source);

    /** As {@link #importFrom(TaxRuleSource)}, in the caller's transaction. */
    int importFrom(Tx tx, TaxRuleSource source);

    /** Names the rules in force; changes with each change. */
    String version();
}
