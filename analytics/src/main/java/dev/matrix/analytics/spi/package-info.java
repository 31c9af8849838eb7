/** What analytics stores, and the contracts that its stores keep. */
@NullMarked
package dev.matrix.analytics.spi;

import org.jspecify.annotations.NullMarked;
