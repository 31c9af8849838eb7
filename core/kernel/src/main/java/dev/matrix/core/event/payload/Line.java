package dev.matrix.core.event.payload;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One line of an invoice or of a payment.
 *
 * @param productCategory what the tax depends on, such as digital.saas
 * @param amount net of tax; negative for credits
 * @param period the time that it charges for; null for what is used up at once
 */
public record Line(
        String id,
        LineKind kind,
        @Nullable String description,
        @Nullable String plan,
        @Nullable String metric,
        @Nullable String productCategory,
        @Nullable BigDecimal quantity,
        Money amount,
        Money tax,
        @Nullable Period period) {

    public Line {
        Checks.text(id, "Line.id");
        Checks.sameCurrency(amount, tax, "Line.tax");
    }

    /** Starts with what is required. */
    public static Builder builder(String id, LineKind kind, Money amount, Money tax) {
        return new Builder(id, kind, amount, tax);
    }

    /** Collects the other components. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final LineKind kind;
        private final Money amount;
        private final Money tax;
        private @Nullable String description;
        private @Nullable String plan;
        private @Nullable String metric;
        private @Nullable String productCategory;
        private @Nullable BigDecimal quantity;
        private @Nullable Period period;

        private Builder(String id, LineKind kind, Money amount, Money tax) {
            this.id = id;
            this.kind = kind;
            this.amount = amount;
            this.tax = tax;
        }

        public Builder description(@Nullable String description) {
            this.description = description;
            return this;
        }

        public Builder plan(@Nullable String plan) {
            this.plan = plan;
            return this;
        }

        public Builder metric(@Nullable String metric) {
            this.metric = metric;
            return this;
        }

        public Builder productCategory(@Nullable String productCategory) {
            this.productCategory = productCategory;
            return this;
        }

        public Builder quantity(@Nullable BigDecimal quantity) {
            this.quantity = quantity;
            return this;
        }

        public Builder period(@Nullable Period period) {
            this.period = period;
            return this;
        }

        public Line build() {
            return new Line(id, kind, description, plan, metric, productCategory, quantity, amount, tax, period);
        }
    }
}
