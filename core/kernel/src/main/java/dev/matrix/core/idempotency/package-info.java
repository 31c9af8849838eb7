/** Does a piece of work once for each key, however often and wherever it is asked for. */
@NullMarked
package dev.matrix.core.idempotency;

import org.jspecify.annotations.NullMarked;
