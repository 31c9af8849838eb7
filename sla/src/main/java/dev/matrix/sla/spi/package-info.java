/** What a storage or a probe implements for service levels. */
@NullMarked
package dev.matrix.sla.spi;

import org.jspecify.annotations.NullMarked;
