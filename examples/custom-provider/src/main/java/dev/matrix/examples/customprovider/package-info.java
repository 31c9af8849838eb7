/** A payment provider written against the SPI, with the bank that it talks to and what happens when a reply is lost. */
@NullMarked
package dev.matrix.examples.customprovider;

import org.jspecify.annotations.NullMarked;
