/** Exact money, currencies and the conversion contract. */
@NullMarked
package dev.matrix.core.money;

import org.jspecify.annotations.NullMarked;
