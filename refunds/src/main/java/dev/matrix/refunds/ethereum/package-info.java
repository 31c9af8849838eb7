/**
 * Refunds on Ethereum and chains like it: Ether and ERC-20 tokens such as USDT. It needs Bouncy Castle on the class path ({@code
 * org.bouncycastle:bcprov-jdk18on}); curves and hashes are Bouncy Castle's.
 *
 * <p>The rooms: {@link dev.matrix.refunds.ethereum.EthereumRefunds} is the provider; {@code Outgoing} keeps what is signed, so that a
 * crash sends the same bytes again; {@code Preflight} asks the node what sending would cost; {@code Mined} says how far a
 * transaction got; {@code EthereumTransaction}, {@code Rlp} and {@code EthereumAddress} are the encodings; {@link
 * dev.matrix.refunds.ethereum.EthereumSigner} signs.
 */
@NullMarked
package dev.matrix.refunds.ethereum;

import org.jspecify.annotations.NullMarked;
