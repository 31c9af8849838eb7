/** What hosts and storages implement for taxes. */
@NullMarked
package dev.matrix.tax.spi;

import org.jspecify.annotations.NullMarked;
