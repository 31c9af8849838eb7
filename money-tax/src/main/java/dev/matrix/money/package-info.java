/** Exchange rates of named sources, conversion at them, and the currency that an owner is billed in. */
@NullMarked
package dev.matrix.money;

import org.jspecify.annotations.NullMarked;
