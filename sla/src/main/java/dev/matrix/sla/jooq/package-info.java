/** Service levels kept in PostgreSQL or H2. */
@NullMarked
package dev.matrix.sla.jooq;

import org.jspecify.annotations.NullMarked;
