/** The main job of Matrix on real input: billing events from a file to signed webhooks, over the embedded database. */
@NullMarked
package dev.matrix.examples.quickstart;

import org.jspecify.annotations.NullMarked;
