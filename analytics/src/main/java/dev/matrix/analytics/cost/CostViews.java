package dev.matrix.analytics.cost;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Replies of the operations that are no values of the library's own. */
final class CostViews {

    private CostViews() {}

    record RecordedView(int accepted, int duplicates, List<RejectedView> rejected) {}

    record RejectedView(int index, String reason) {}

    record CostQuoteView(List<PlanQuote> quotes) {}

    record PlanQuote(String planId, Money total, List<MonthQuote> months) {

        static PlanQuote of(List<RatedBill> bills) {
            Money total =
                    bills.stream().map(RatedBill::total).reduce(Money::plus).orElseThrow();
            return new PlanQuote(
                    bills.get(0).planId(),
                    total,
                    bills.stream().map(MonthQuote::of).toList());
        }
    }

    /** unpriced: meters without a price on this plan, which the total lacks; overCap: meters beyond what the plan allows. */
    record MonthQuote(Money baseFee, List<LineQuote> lines, Money total, Set<String> unpriced, Set<String> overCap) {

        static MonthQuote of(RatedBill bill) {
            return new MonthQuote(
                    bill.baseFee(),
                    bill.lines().stream()
                            .map(line -> new LineQuote(line.meter(), line.quantity(), line.amount()))
                            .toList(),
                    bill.total(),
                    bill.unpriced(),
                    bill.overCap());
        }
    }

    record LineQuote(String meter, BigDecimal quantity, Money amount) {}
}
