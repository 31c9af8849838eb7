package dev.matrix.core.spi;

import dev.matrix.core.InvalidRequestException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** A range of addresses of one family: those that share the first {@code length} bits of {@code first}. */
record Cidr(InetAddress first, int length) {

    private static final int MAPPED_BITS = 96;

    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress first = IpLiteral.parse(address)
                // As a host "10" is 0.0.0.10; in a range it is a slip.
                .filter(it -> address.indexOf(':') >= 0
                        ? address.charAt(0) != '['
                        : it.getHostAddress().equals(address))
                .orElseThrow(() -> invalid(text, "its address is no IPv4 or IPv6 address in full"));
        boolean mapped = first instanceof Inet4Address && address.indexOf(':') >= 0;
        int bits = first.getAddress().length * Byte.SIZE;
        int length = slash < 0 ? bits : length(text, text.substring(slash + 1)) - (mapped ? MAPPED_BITS : 0);
        if (length < 0 || length > bits) {
            throw invalid(text, "its length is out of range");
        }
        Cidr range = new Cidr(first, length);
        if (!Arrays.equals(range.masked(first.getAddress()), first.getAddress())) {
            throw invalid(text, "bits are set beyond its length");
        }
        return range;
    }

    /** Whether {@code address} (4 or 16 bytes, {@link #unmapped}) is in this range. */
    boolean holds(byte[] address) {
        byte[] network = first.getAddress();
        return address.length == network.length && Arrays.equals(masked(address), network);
    }

    /** IPv4-mapped IPv6 (RFC 4291, section 2.5.5.2) as IPv4; all else as it is. */
    static byte[] unmapped(byte[] address) {
        boolean mapped = address.length == 16 && address[10] == -1 && address[11] == -1;
        for (int i = 0; mapped && i < 10; i++) {
            mapped = address[i] == 0;
        }
        return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
    }

    private byte[] masked(byte[] address) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(Byte.SIZE, length - i * Byte.SIZE));
            masked[i] &= (byte) (0xff00 >> kept);
        }
        return masked;
    }

    private static int length(String text, String digits) {
        if (!digits.matches("[0-9]{1,3}")) {
            throw invalid(text, "its length is no number");
        }
        return Integer.parseInt(digits);
    }

    private static InvalidRequestException invalid(String text, String why) {
        return new InvalidRequestException(
                "'" + text + "' is no range of addresses: " + why + ". Write it like 10.20.0.0/16 or fd00:1::/32.");
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + length;
    }
}
