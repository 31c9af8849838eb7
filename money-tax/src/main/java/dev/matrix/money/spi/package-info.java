/** What implementers plug in: sources of exchange rates, and stores. */
@NullMarked
package dev.matrix.money.spi;

import org.jspecify.annotations.NullMarked;
