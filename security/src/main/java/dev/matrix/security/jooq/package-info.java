/** Security's stores on H2 and PostgreSQL. */
@NullMarked
package dev.matrix.security.jooq;

import org.jspecify.annotations.NullMarked;
