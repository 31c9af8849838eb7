/** One cart, sold to buyers all over the world: what tax each sale carries and why, and the price in the buyer's currency. */
@NullMarked
package dev.matrix.examples.pricing;

import org.jspecify.annotations.NullMarked;
