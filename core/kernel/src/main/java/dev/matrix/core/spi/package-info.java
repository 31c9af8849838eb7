/** What an implementer plugs in: storage, transport, keys, background work. */
@NullMarked
package dev.matrix.core.spi;

import org.jspecify.annotations.NullMarked;
