/** The published contracts of refund providers and of the stores of refunds. */
@NullMarked
package dev.matrix.refunds.spi;

import org.jspecify.annotations.NullMarked;
