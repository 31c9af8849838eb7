/** Finds what many ranges of addresses say about one: {@link dev.matrix.security.address.RangeTable}, a pure value. */
@NullMarked
package dev.matrix.security.address;

import org.jspecify.annotations.NullMarked;
