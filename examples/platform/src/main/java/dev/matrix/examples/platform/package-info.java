/** A complete host: every feature of Matrix behind one HTTP API, in one process. */
@NullMarked
package dev.matrix.examples.platform;

import org.jspecify.annotations.NullMarked;
