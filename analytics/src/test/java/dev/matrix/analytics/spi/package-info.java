/** The contracts of analytics' stores. */
@NullMarked
package dev.matrix.analytics.spi;

import org.jspecify.annotations.NullMarked;
