/** What every storage of cost optimisation must pass. */
@NullMarked
package dev.matrix.analytics.cost.spi;

import org.jspecify.annotations.NullMarked;
