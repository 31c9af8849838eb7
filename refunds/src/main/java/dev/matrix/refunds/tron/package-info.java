/** Refunds in USDT on TRON, paid out by a custodian: Matrix decides, judges the address and asks. */
@NullMarked
package dev.matrix.refunds.tron;

import org.jspecify.annotations.NullMarked;
