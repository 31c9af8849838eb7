/** Limits the rate of calls by token buckets. */
@NullMarked
package dev.matrix.bucket4j;

import org.jspecify.annotations.NullMarked;
