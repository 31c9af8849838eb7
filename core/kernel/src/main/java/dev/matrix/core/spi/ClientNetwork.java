package dev.matrix.core.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Whom an address stands for when callers are counted by address. */
public final class ClientNetwork {

    private static final int IPV6_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    private ClientNetwork() {}

    /**
     * The address itself for IPv4; for IPv6 its first 64 bits, which are what one subscriber is given at least (RFC 6177,
     * section 2), as {@code 2001:db8:0:1:0:0:0:0/64}. An IPv4-mapped address is its IPv4 address. What is no address stays as
     * it is. No name is looked up.
     */
    public static String of(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (plain.indexOf(':') < 0) {
            return address;
        }
        return IpLiteral.parse(plain).map(ClientNetwork::network).orElse(address);
    }

    private static String network(InetAddress address) {
        byte[] bytes = Cidr.unmapped(address.getAddress());
        try {
            if (bytes.length < IPV6_BYTES) {
                return InetAddress.getByAddress(bytes).getHostAddress();
            }
            Arrays.fill(bytes, NETWORK_BYTES, IPV6_BYTES, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has 4 or 16 bytes.", e);
        }
    }
}
