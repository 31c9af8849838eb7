/** Harnesses of security: nodes of an audit log that are killed, how fast they append, and what decisions, places and proofs take. */
@NullMarked
package dev.matrix.examples.benchmarks.security;

import org.jspecify.annotations.NullMarked;
