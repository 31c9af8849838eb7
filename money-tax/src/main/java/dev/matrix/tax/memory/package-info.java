/** The in-memory stores of tax. */
@NullMarked
package dev.matrix.tax.memory;

import org.jspecify.annotations.NullMarked;
