package dev.matrix.examples.platform;

import dev.matrix.analytics.cost.Charge;
import dev.matrix.analytics.cost.Plan;
import dev.matrix.analytics.cost.Price;
import dev.matrix.analytics.cost.spi.PlanCatalog;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.PreciseMoney;
import java.util.List;

/** Three plans of tokens, so that cost advice and quotes can be tried; a host has its own. */
final class SamplePlans {

    private static final Plan FREE = Plan.monthly("free", eur("0.00"))
            .charging(Charge.of("tokens", "1000", each("0")).cappedAt("1000"));
    private static final Plan PRO =
            Plan.monthly("pro", eur("49.00")).charging(Charge.of("tokens", "10000", each("0.004")));
    private static final Plan ENTERPRISE =
            Plan.monthly("enterprise", eur("499.00")).charging(Charge.of("tokens", "200000", each("0.002")));

    private SamplePlans() {}

    static PlanCatalog catalog() {
        return PlanCatalog.of(List.of(FREE, PRO, ENTERPRISE));
    }

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static Price each(String euros) {
        return new Price.PerUnit(PreciseMoney.of(euros, "EUR"));
    }
}
