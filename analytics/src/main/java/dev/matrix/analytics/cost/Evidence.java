package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a recommendation rests on.
 *
 * @param rule which advice it is: {@code tier}, {@code waste}, {@code idle} and so on
 * @param statement for people
 * @param from the first instant of what was looked at
 * @param to the first instant after it
 * @param samples how many months, or hours of a machine, it holds
 * @param figures by which the saving can be computed by hand
 * @param factRefs the subscriptions and machines it is about
 */
public record Evidence(
        String rule,
        String statement,
        Instant from,
        Instant to,
        long samples,
        Map<String, BigDecimal> figures,
        List<String> factRefs) {

    public Evidence {
        figures = Map.copyOf(figures);
        factRefs = List.copyOf(factRefs);
    }

    static Evidence of(
            String rule,
            String statement,
            Window window,
            long samples,
            Map<String, BigDecimal> figures,
            String... factRefs) {
        return new Evidence(rule, statement, window.from(), window.to(), samples, figures, List.of(factRefs));
    }
}
