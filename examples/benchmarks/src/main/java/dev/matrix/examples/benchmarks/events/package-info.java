/** What publishing and the queues of subscribers sustain, beside plain JDBC. */
@NullMarked
package dev.matrix.examples.benchmarks.events;

import org.jspecify.annotations.NullMarked;
