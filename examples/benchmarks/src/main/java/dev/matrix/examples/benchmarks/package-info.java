/** JMH measurements of Matrix beside its peers. */
@NullMarked
package dev.matrix.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
