/** How a record looks on the wire: annotations of its components, members of a merge patch, and the version of the shapes. */
@NullMarked
package dev.matrix.core.wire;

import org.jspecify.annotations.NullMarked;
