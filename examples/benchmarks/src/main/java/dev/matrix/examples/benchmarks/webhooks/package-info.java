/** What a node that delivers webhooks sustains, beside a job queue and bare requests. */
@NullMarked
package dev.matrix.examples.benchmarks.webhooks;

import org.jspecify.annotations.NullMarked;
