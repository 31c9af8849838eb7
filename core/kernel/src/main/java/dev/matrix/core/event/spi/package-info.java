/** Where the event log keeps its events, their dispatch rows and its subscribers. */
@NullMarked
package dev.matrix.core.event.spi;

import org.jspecify.annotations.NullMarked;
