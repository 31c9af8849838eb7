package dev.matrix.analytics;

import dev.matrix.analytics.chart.ChartSpec;
import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Optional;

/**
 * Recurring revenue from the subscription events of the log: MRR and its movements in six time ranges, any zone and one or all
 * currencies, exact to the last digit. Thread-safe. Events are counted after they have committed, usually within a second; every
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

        /** How far the counting has come. Counts rows: for people and metrics, not for hot paths. */
        Freshness freshness();
    }
}
