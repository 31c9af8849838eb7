/** What a whole node costs its database and its machine. */
@NullMarked
package dev.matrix.examples.benchmarks.node;

import org.jspecify.annotations.NullMarked;
