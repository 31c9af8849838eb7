/** The stores of exchange rates and preferences in PostgreSQL and H2. */
@NullMarked
package dev.matrix.money.jooq;

import org.jspecify.annotations.NullMarked;
