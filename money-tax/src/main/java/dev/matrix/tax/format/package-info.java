/** What a tax id of each country looks like, and its check digits: offline, without a network or a register. */
@NullMarked
package dev.matrix.tax.format;

import org.jspecify.annotations.NullMarked;
