/** The quickstart's options and file, its whole run, and its run through kills. */
@NullMarked
package dev.matrix.examples.quickstart;

import org.jspecify.annotations.NullMarked;
