/** Webhook stores in PostgreSQL or H2; they read each other's tables, so they go together. */
@NullMarked
package dev.matrix.webhooks.jooq;

import org.jspecify.annotations.NullMarked;
