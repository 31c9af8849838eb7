/** What tests reach of the transport that users don't. */
@NullMarked
package dev.matrix.okhttp;

import org.jspecify.annotations.NullMarked;
