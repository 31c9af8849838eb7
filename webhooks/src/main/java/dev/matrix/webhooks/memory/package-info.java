/** Webhook stores in memory. */
@NullMarked
package dev.matrix.webhooks.memory;

import org.jspecify.annotations.NullMarked;
