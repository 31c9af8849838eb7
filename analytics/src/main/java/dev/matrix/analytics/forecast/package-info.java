/** Forecasts of series of numbers, with intervals and their accuracy; nothing here needs a Matrix. */
@NullMarked
package dev.matrix.analytics.forecast;

import org.jspecify.annotations.NullMarked;
