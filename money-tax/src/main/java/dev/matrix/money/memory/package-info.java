/** The in-memory stores of exchange rates and preferences. */
@NullMarked
package dev.matrix.money.memory;

import org.jspecify.annotations.NullMarked;
