/** The jOOQ stores of taxes. */
@NullMarked
package dev.matrix.tax.jooq;

import org.jspecify.annotations.NullMarked;
