/** The catalogue of billing events: the standard types, and for each the record that it carries and an example. */
@NullMarked
package dev.matrix.core.event.payload;

import org.jspecify.annotations.NullMarked;
