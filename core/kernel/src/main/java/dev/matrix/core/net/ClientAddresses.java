package dev.matrix.core.net;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the client behind the host's proxies. A header that anybody can send is believed as far as the host's own proxies
 * wrote it: from the connection's peer, hop by hop, until the first that is no trusted proxy. Thread-safe.
 */
public interface ClientAddresses {

    /**
     * Reads one header.
     *
     * @param header the one that the proxies write; any other is ignored
     * @param trusted where the proxies are; empty: the peer is always the client
     */
    static ClientAddresses behind(ForwardedHeader header, List<IpRange> trusted) {
        return new HeaderWalk(requireNonNull(header, "header"), List.copyOf(trusted));
    }

    /**
     * As {@link #behind(ForwardedHeader, List)}, of ranges as text.
     *
     * @param trusted as {@link IpRange#parseAll} reads them
     * @throws dev.matrix.core.InvalidRequestException where one isn't a range
     */
    static ClientAddresses behind(ForwardedHeader header, String... trusted) {
        return behind(
                header,
                Stream.of(trusted)
                        .flatMap(range -> IpRange.parseAll(range).stream())
                        .toList());
    }

    /**
     * The client of a request. An untrusted peer is the client, whatever the header says; else the right-most hop that isn't
     * trusted is, and the left-most if all are. A hop that is met and is empty, {@code unknown}, obfuscated or malformed makes
     * it unresolvable, as do more than 32 hops and more than 8 KiB. Never throws.
     *
     * @param peer the address of the connection's other end, without port
     * @param headerLines the values of the header's lines in their order
     */
    ClientAddress resolve(String peer, List<String> headerLines);

    /** The one header that is read. */
    ForwardedHeader header();
}
