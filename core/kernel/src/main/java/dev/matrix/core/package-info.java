/** The wired runtime and the values that every module shares. */
@NullMarked
package dev.matrix.core;

import org.jspecify.annotations.NullMarked;
