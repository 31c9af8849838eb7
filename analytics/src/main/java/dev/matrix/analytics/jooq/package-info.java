/** The stores of analytics over jOOQ, on PostgreSQL and H2. */
@NullMarked
package dev.matrix.analytics.jooq;

import org.jspecify.annotations.NullMarked;
