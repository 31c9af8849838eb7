/** Simulates whole systems from a seed: several nodes over one storage, a bad network, crashes between any two steps. */
@NullMarked
package dev.matrix.testkit.sim;

import org.jspecify.annotations.NullMarked;
