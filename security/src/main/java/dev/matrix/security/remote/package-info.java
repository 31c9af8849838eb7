/** Where the audit log goes besides the database: sinks and anchors over HTTP, an anchor in a file. */
@NullMarked
package dev.matrix.security.remote;

import org.jspecify.annotations.NullMarked;
