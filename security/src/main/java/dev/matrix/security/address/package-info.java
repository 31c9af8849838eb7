/**
 * IP addresses, ranges of them and the way from a connection's peer to the client: pure values and rules, without I/O.
 *
 * <p>Values: {@link dev.matrix.security.address.IpAddress}, {@link dev.matrix.security.address.IpRange}; both read text by one
 * strict parser ({@code IpText}), so that a rule, a candidate and a header never disagree about an address. Many ranges:
 * {@link dev.matrix.security.address.RangeTable}. Behind proxies: {@link dev.matrix.security.address.ClientAddresses} reads a
 * {@link dev.matrix.security.address.ForwardedHeader} into a {@link dev.matrix.security.address.ClientAddress}.
 */
@NullMarked
package dev.matrix.security.address;

import org.jspecify.annotations.NullMarked;
