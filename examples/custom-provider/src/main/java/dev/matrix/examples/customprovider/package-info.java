/**
 * A payment provider and a rate source written against the SPIs, with the bank that both talk to, and what happens when a reply is lost.
 */
@NullMarked
package dev.matrix.examples.customprovider;

import org.jspecify.annotations.NullMarked;
