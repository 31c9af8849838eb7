/** Charts as plain values, and their pictures. */
@NullMarked
package dev.matrix.analytics.chart;

import org.jspecify.annotations.NullMarked;
