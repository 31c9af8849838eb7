package dev.matrix.sla;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of service levels, all of it or one owner's. Whatever belongs to another owner is a {@link
 * dev.matrix.core.NotFoundException}, as if it did not exist. Thread-safe.
 */
public interface SlaView {

    /**
     * Where a subscription stands.
     *
     * @throws dev.matrix.core.NotFoundException when it has no binding in that window
     */
    SlaMetrics metrics(String subscriptionId, MetricWindow window);

    /**
     * What a period comes to: provisional until its statement is made, then as stated.
     *
     * @throws dev.matrix.core.NotFoundException when the subscription wasn't under contract in it
     */
    SlaReport report(String subscriptionId, SlaPeriod period);

    /**
     * The report of a period as a document to hand out.
     *
     * @param version of the statement; null: the newest, or provisional while there is none
     * @throws dev.matrix.core.NotFoundException when the subscription wasn't under contract in it, or there is no such statement
     */
    ReportDocument document(String subscriptionId, SlaPeriod period, @Nullable Integer version, ReportFormat format);

    /** Where many subscriptions stand in their current periods, in the order of ids; pages may be short or empty. */
    Page<SlaMetrics> portfolio(PortfolioQuery query, PageRequest page);

    /** Subscriptions' bindings that hold now, in the order of ids. */
    Page<SlaBinding> bindings(PageRequest page);

    /**
     * A component's state and its last 90 days.
     *
     * @throws dev.matrix.core.NotFoundException when it was never watched, or no visible subscription is bound to it
     */
    SlaComponent component(String id);

    /** Alerts in the order of ids. */
    Page<SlaAlert> alerts(AlertQuery query, PageRequest page);

    /** Statements in the order of ids; {@code subscriptionId} null: of all. */
    Page<SlaStatement> statements(@Nullable String subscriptionId, PageRequest page);

    /** Credits in the order of ids. */
    Page<SlaCredit> credits(CreditQuery query, PageRequest page);
}
