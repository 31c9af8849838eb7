/** What implementers plug in: payment providers, policies, and the stores of refunds. */
@NullMarked
package dev.matrix.refunds.spi;

import org.jspecify.annotations.NullMarked;
