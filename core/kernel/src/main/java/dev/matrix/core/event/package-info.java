/** The transactional event log and the catalogue of billing events. */
@NullMarked
package dev.matrix.core.event;

import org.jspecify.annotations.NullMarked;
