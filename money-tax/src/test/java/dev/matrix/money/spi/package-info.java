/** What every implementation of the stores of exchange rates and preferences promises. */
@NullMarked
package dev.matrix.money.spi;

import org.jspecify.annotations.NullMarked;
