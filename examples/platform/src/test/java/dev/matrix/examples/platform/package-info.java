/** The host as its users meet it: over HTTP, as a process, by its README. */
@NullMarked
package dev.matrix.examples.platform;

import org.jspecify.annotations.NullMarked;
