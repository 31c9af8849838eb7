/** Mounts the API in the JDK's HTTP server or in a Servlet container. */
@NullMarked
package dev.matrix.http;

import org.jspecify.annotations.NullMarked;
