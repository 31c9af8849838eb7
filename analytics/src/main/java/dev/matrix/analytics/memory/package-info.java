/** The stores of analytics in memory. */
@NullMarked
package dev.matrix.analytics.memory;

import org.jspecify.annotations.NullMarked;
