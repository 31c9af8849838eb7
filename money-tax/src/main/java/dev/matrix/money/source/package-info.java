/** The sources of exchange rates that ship with Matrix: the European Central Bank, CoinGecko, Open Exchange Rates. */
@NullMarked
package dev.matrix.money.source;

import org.jspecify.annotations.NullMarked;
