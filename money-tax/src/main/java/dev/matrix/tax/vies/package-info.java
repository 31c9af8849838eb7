/** The European Commission's register of VAT numbers. */
@NullMarked
package dev.matrix.tax.vies;

import org.jspecify.annotations.NullMarked;
