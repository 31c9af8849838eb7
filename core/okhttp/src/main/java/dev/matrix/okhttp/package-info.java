/** The default transport: one request on the wire for each call, over OkHttp. */
@NullMarked
package dev.matrix.okhttp;

import org.jspecify.annotations.NullMarked;
