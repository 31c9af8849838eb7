/** Records the requests of a Servlet container: one filter, one line. A container brings {@code jakarta.servlet}. */
@NullMarked
package dev.matrix.sla.servlet;

import org.jspecify.annotations.NullMarked;
