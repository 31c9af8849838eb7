/**
 * IP addresses, ranges of them and the way from a connection's peer to the client: pure values and rules, without I/O.
 *
 * <p>{@link dev.matrix.core.net.IpAddress} and {@link dev.matrix.core.net.IpRange} read text by one strict parser ({@code IpText}), so
 * that a rule, a candidate and a header never disagree about an address. Behind proxies {@link
 * dev.matrix.core.net.ClientAddresses} reads a {@link dev.matrix.core.net.ForwardedHeader} into a {@link
 * dev.matrix.core.net.ClientAddress}. What a host is asked to call is judged elsewhere ({@code AddressPolicy}), which reads addresses
 * as a client would, in order to block them.
 */
@NullMarked
package dev.matrix.core.net;

import org.jspecify.annotations.NullMarked;
