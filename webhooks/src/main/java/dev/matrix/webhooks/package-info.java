/** Signed webhooks from the event log: endpoints, deliveries, attempts, and the receiver's verifier. */
@NullMarked
package dev.matrix.webhooks;

import org.jspecify.annotations.NullMarked;
