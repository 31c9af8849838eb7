/** What implementers plug into tax: stores, sources of rules, local rates. */
@NullMarked
package dev.matrix.tax.spi;

import org.jspecify.annotations.NullMarked;
