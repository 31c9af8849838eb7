/** What a store of taxes promises, as tests that each implementation passes. */
@NullMarked
package dev.matrix.tax.spi;

import org.jspecify.annotations.NullMarked;
