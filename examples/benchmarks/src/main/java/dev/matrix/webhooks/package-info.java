/** JMH measurements of what isn't public in webhooks. */
@NullMarked
package dev.matrix.webhooks;

import org.jspecify.annotations.NullMarked;
