/** Tools for the API's callers: its OpenAPI document, SDKs in four languages and a playground, made of the operations themselves. */
@NullMarked
package dev.matrix.devtools;

import org.jspecify.annotations.NullMarked;
