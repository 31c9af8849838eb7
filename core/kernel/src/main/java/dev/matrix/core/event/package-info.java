/** The transactional event log, the types of its events and their subscribers. */
@NullMarked
package dev.matrix.core.event;

import org.jspecify.annotations.NullMarked;
