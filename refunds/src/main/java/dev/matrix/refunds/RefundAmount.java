package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import java.util.Map;

/** How much is asked for. */
public sealed interface RefundAmount {

    /** All that is left. */
    record Remaining() implements RefundAmount {}

    /** This much, above zero. */
    record Exact(Money amount) implements RefundAmount {

        public Exact {
            Checks.amount(amount, "A refund's amount");
        }
    }

    /** So much of each line, gross, by the line's id. */
    record ByLines(Map<String, Money> lines) implements RefundAmount {

        public ByLines {
            lines = Map.copyOf(lines);
            Checks.that(!lines.isEmpty() && lines.size() <= 1_000, "A refund by lines names 1 to 1,000 lines.");
            lines.values().forEach(amount -> Checks.amount(amount, "A line's amount"));
        }
    }

    /** What wasn't used of a period. */
    record Prorated(Proration proration) implements RefundAmount {}
}
