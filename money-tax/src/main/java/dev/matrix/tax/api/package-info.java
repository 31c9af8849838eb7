/** The HTTP operations of taxes. */
@NullMarked
package dev.matrix.tax.api;

import org.jspecify.annotations.NullMarked;
