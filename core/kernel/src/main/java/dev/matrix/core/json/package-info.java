/** The one JSON codec; Jackson stays behind it. */
@NullMarked
package dev.matrix.core.json;

import org.jspecify.annotations.NullMarked;
