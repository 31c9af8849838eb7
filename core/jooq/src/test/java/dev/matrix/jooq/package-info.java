/** What jOOQ stores promise, shown on H2 and on PostgreSQL. */
@NullMarked
package dev.matrix.jooq;

import org.jspecify.annotations.NullMarked;
