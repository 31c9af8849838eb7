/** How fast bills are rated and owners analysed. */
@NullMarked
package dev.matrix.examples.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
