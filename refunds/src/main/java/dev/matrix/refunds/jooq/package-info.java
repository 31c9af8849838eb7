/** The stores of refunds in PostgreSQL and H2. */
@NullMarked
package dev.matrix.refunds.jooq;

import org.jspecify.annotations.NullMarked;
