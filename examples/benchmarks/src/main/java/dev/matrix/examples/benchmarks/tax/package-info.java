/** What committing taxes and importing rates sustain. */
@NullMarked
package dev.matrix.examples.benchmarks.tax;

import org.jspecify.annotations.NullMarked;
