package dev.matrix.core.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as hosts of URIs are read by clients: the WHATWG URL standard's host parser, sections 3.5 and 3.6. */
final class IpLiteral {

    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]*|[0-9]+");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private IpLiteral() {}

    /** Whether {@code host} has the form of a literal, well formed or not: a colon, or a number as its last label. */
    static boolean claimedBy(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        String dotted = withoutFinalDot(host);
        return NUMBER.matcher(dotted.substring(dotted.lastIndexOf('.') + 1)).matches();
    }

    /** The address, IPv4 in any spelling, IPv6 with or without brackets; none where it is malformed or a name. */
    static Optional<InetAddress> parse(String host) {
        try {
            return host.indexOf(':') >= 0 ? ipv6(host) : ipv4(withoutFinalDot(host));
        } catch (UnknownHostException | NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> ipv6(String host) throws UnknownHostException {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (!IPV6.matcher(bare).matches()) {
            return Optional.empty();
        }
        // In brackets the JDK takes it for a literal or refuses it, and looks nothing up.
        return Optional.of(InetAddress.getByName("[" + bare + "]"));
    }

    private static Optional<InetAddress> ipv4(String host) throws UnknownHostException {
        String[] parts = host.split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long part = number(parts[i]);
            boolean last = i == parts.length - 1;
            int bits = last ? Byte.SIZE * (5 - parts.length) : Byte.SIZE;
            if (part >>> bits != 0) {
                return Optional.empty();
            }
            address = address << bits | part;
        }
        byte[] bytes = {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
        return Optional.of(InetAddress.getByAddress(bytes));
    }

    private static long number(String part) {
        if (!NUMBER.matcher(part).matches()) {
            throw new NumberFormatException(part);
        }
        if (part.startsWith("0x") || part.startsWith("0X")) {
            return part.length() == 2 ? 0 : Long.parseLong(part.substring(2), 16);
        }
        return Long.parseLong(part, part.startsWith("0") ? 8 : 10);
    }

    private static String withoutFinalDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
