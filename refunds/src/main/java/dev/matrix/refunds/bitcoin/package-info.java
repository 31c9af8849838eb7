/**
 * Refunds in Bitcoin, paid out by a custodian. The address is judged before: Base58Check, Bech32 (BIP-173) and Bech32m (BIP-350), of
 * the right network.
 */
@NullMarked
package dev.matrix.refunds.bitcoin;

import org.jspecify.annotations.NullMarked;
