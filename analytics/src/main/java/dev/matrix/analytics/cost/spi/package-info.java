/** What cost optimisation asks of its host: plans, machines' prices, limits, rules and stores. */
@NullMarked
package dev.matrix.analytics.cost.spi;

import org.jspecify.annotations.NullMarked;
