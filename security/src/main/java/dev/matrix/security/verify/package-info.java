/**
 * Checks an audit log offline, with the JDK and this jar alone: {@code AuditVerifier} is the command, {@code ExportCheck} reads an
 * export, {@code Finding} is what can be wrong.
 */
@NullMarked
package dev.matrix.security.verify;

import org.jspecify.annotations.NullMarked;
