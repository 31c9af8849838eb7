/** What a storage or a filter engine implements for webhooks. */
@NullMarked
package dev.matrix.webhooks.spi;

import org.jspecify.annotations.NullMarked;
