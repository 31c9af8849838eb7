/** Envelope encryption of secrets at rest: the key ring behind {@code KeyRing.envelope(…)} and its local keys. */
@NullMarked
package dev.matrix.core.keys;

import org.jspecify.annotations.NullMarked;
