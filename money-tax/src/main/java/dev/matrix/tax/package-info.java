/** What tax a sale carries, and why; its records, reversals and totals. Not tax advice. */
@NullMarked
package dev.matrix.tax;

import org.jspecify.annotations.NullMarked;
