/** What the webhook stores promise, as suites that any storage can run. */
@NullMarked
package dev.matrix.webhooks.spi;

import org.jspecify.annotations.NullMarked;
