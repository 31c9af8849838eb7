/** Storage in PostgreSQL or H2 over jOOQ, and what features build their own jOOQ stores on. */
@NullMarked
package dev.matrix.jooq;

import org.jspecify.annotations.NullMarked;
