/** Requests a second over real sockets, beside a server without the API. */
@NullMarked
package dev.matrix.examples.benchmarks.http;

import org.jspecify.annotations.NullMarked;
