/** What security keeps in a database, and what hosts plug in. */
@NullMarked
package dev.matrix.security.spi;

import org.jspecify.annotations.NullMarked;
