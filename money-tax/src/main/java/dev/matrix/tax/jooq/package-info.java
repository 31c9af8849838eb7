/** The jOOQ stores of tax. */
@NullMarked
package dev.matrix.tax.jooq;

import org.jspecify.annotations.NullMarked;
