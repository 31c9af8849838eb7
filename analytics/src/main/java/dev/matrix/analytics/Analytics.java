package dev.matrix.analytics;

import dev.matrix.analytics.chart.ChartSpec;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Optional;

/**
 * What a platform's events say about its business: MRR and its movements, cash, usage, customers and how well they are served, in
 * six time ranges, any zone and one or all currencies, exact to the last digit. Thread-safe. Events are counted after they have committed, usually within a second; every
 * order of delivery and any repetition gives the same numbers.
 */
public interface Analytics {

    /** Starts wiring analytics into a Matrix that has not been started. */
    static AnalyticsBuilder on(Matrix matrix) {
        return new AnalyticsBuilder(matrix);
    }

    /**
     * MRR, its movements and the ratios made of them. The bucket that holds the present counts what is known to happen until its
     * end, such as a cancellation that takes effect this month.
     *
     * @throws dev.matrix.core.InvalidRequestException for an unknown dimension, more than 20,000 buckets or numbers, a day that
     *     isn't over, or a currency that there is no rate to; the message says which
     */
    RevenueReport revenue(ReportQuery query);

    /**
     * What was used, by whom, by how many.
     *
     * @throws dev.matrix.core.InvalidRequestException as {@link #revenue}, and for a measure or dimension that usage doesn't have
     */
    UsageReport usage(ReportQuery query);

    /**
     * Cohorts, survival, scores and health of customers. Reads all subscriptions of the scope.
     *
     * @throws dev.matrix.core.InvalidRequestException as {@link #revenue}, and for a measure that customers don't have
     */
    CustomerReport customers(ReportQuery query);

    /**
     * Success of payments, recovery, disputes, trials, errors and missed service levels.
     *
     * @throws dev.matrix.core.InvalidRequestException as {@link #revenue}, and for a measure that performance doesn't have
     */
    PerformanceReport performance(ReportQuery query);

    /**
     * Continues a measure of a report.
     *
     * @throws dev.matrix.core.InvalidRequestException as the history's report, or if no bucket of it has ended
     */
    ForecastReport forecast(ForecastQuery query);

    /**
     * The customers behind the movements of a revenue report of the same query, by customer, then bucket. The query's measures say
     * which movements, such as {@code CHURN_MRR}; none says all but FX and transfers.
     *
     * @throws dev.matrix.core.InvalidRequestException for a measure that isn't a movement, or a cursor of another list
     */
    Page<MrrActivity> mrrActivity(ReportQuery query, PageRequest page);

    /** What single customers did, for code that advises or rates. */
    CustomerHistory history();

    /**
     * Keeps a chart for the retention that was built, 30 days by default.
     *
     * @throws dev.matrix.core.InvalidRequestException when the scope has 500 charts
     */
    SavedChart save(ChartSpec chart, Scope scope);

    /** As {@link #save(ChartSpec, Scope)}, in the caller's transaction. */
    SavedChart save(Tx tx, ChartSpec chart, Scope scope);

    /** A chart of that scope that hasn't expired; the platform's scope sees every chart. */
    Optional<SavedChart> chart(String id, Scope scope);

    /** What operators need. */
    Admin admin();

    /** The operations of the HTTP API, for a dispatcher's {@code modules(…)}. */
    ApiModule api();

    /** Looking after the rollups. */
    interface Admin {

        /**
         * Makes the rollups of all buckets that begin in a window again, from the subscriptions' versions, in one transaction: readers
         * see the former ones or the new ones, and events wait until it is done. Needed only after {@link #verify} found something.
         *
         * @throws dev.matrix.core.ConflictException if another node has newer settings
         */
        RebuildResult rebuild(Window window);

        /** As {@link #rebuild(Window)}, in the caller's transaction. */
        RebuildResult rebuild(Tx tx, Window window);

        /**
         * Computes the rollups of all buckets that begin in a window again and compares them with what is stored; events wait
         * meanwhile.
         *
         * @return at most 1,000 that differ; empty if all are equal to the last digit
         * @throws dev.matrix.core.ConflictException if another node has newer settings
         */
        List<Discrepancy> verify(Window window);

        /**
         * Makes a customer unknown: a pseudonym that nothing links to it takes its place, what names things of it is cleared in
         * facts and subscriptions, and its charts are deleted. All numbers stay. Later events of that owner are a new customer's;
         * counted ones stay counted, even when they are replayed.
         *
         * @return whether the customer was known
         */
        boolean erase(Owner customer);

        /** As {@link #erase(Owner)}, in the caller's transaction. */
        boolean erase(Tx tx, Owner customer);

        /** How far the counting has come. Counts rows: for people and metrics, not for hot paths. */
        Freshness freshness();
    }
}
