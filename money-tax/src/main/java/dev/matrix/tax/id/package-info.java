/** Stored checks of tax ids: who is asked when, and what its answer changes. */
@NullMarked
package dev.matrix.tax.id;

import org.jspecify.annotations.NullMarked;
