package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.spi.CostContext;
import dev.matrix.analytics.cost.spi.CostRule;
import dev.matrix.analytics.cost.spi.Finding;
import java.util.List;
import java.util.function.Consumer;

/** A rule that can say, beside what it finds, what it could not judge. */
interface ShippedRule extends CostRule {

    List<Finding> examine(CostContext context, Consumer<Diagnostic> notJudged);

    @Override
    default List<Finding> examine(CostContext context) {
        return examine(context, diagnostic -> {});
    }
}
