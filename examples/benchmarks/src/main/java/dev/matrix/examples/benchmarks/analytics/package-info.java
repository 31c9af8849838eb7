/** How well forecasters do, and what reports cost. */
@NullMarked
package dev.matrix.examples.benchmarks.analytics;

import org.jspecify.annotations.NullMarked;
