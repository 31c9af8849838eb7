package dev.matrix.core.net;

import dev.matrix.core.InvalidRequestException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address. An IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2) is the IPv4 address that it maps, from
 * construction on. Immutable, ordered by family and then by number.
 *
 * @param hi the upper 64 bits; 0 in IPv4
 * @param lo the lower 64 bits; in IPv4 the address itself, 32 bits
 * @param v4 whether it is IPv4
 */
public record IpAddress(long hi, long lo, boolean v4) implements Comparable<IpAddress> {

    static final long IPV4 = 0xffff_ffffL;

    private static final long MAPPED = 0xffffL;
    private static final long TRANSLATED = 0xffff_0000L;
    private static final long NAT64 = 0x0064_ff9b_0000_0000L;
    private static final long LOCAL_NAT64 = 0x0064_ff9b_0001L;
    private static final long SIX_TO_FOUR = 0x2002L;
    private static final long TEREDO = 0x2001_0000L;

    public IpAddress {
        if (!v4 && isMapped(hi, lo)) {
            v4 = true;
            lo &= IPV4;
        }
        if (v4 && (hi != 0 || lo >>> 32 != 0)) {
            throw new InvalidRequestException("An IPv4 address has 32 bits.");
        }
    }

    /**
     * Reads an address as a caller has one: IPv4 as four decimal parts without leading zeros, IPv6 as in RFC 4291, section
     * 2.2. A zone is dropped from a link-local address. Nothing else is an address: no name, port, bracket, length or
     * blank, and nothing is ever looked up.
     *
     * @throws InvalidRequestException where it is none; says which form is right
     */
    public static IpAddress parse(String text) {
        IpAddress address = IpText.candidate(text);
        if (address == null) {
            throw new InvalidRequestException(IpText.quoted(text) + " is no IP address. " + IpText.FORMS);
        }
        return address;
    }

    /**
     * An address from its bytes, as {@code InetAddress.getAddress} gives them.
     *
     * @throws InvalidRequestException unless there are 4 or 16
     */
    public static IpAddress of(byte[] bytes) {
        if (bytes.length != Integer.BYTES && bytes.length != 2 * Long.BYTES) {
            throw new InvalidRequestException("An address has 4 or 16 bytes; not " + bytes.length + ".");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == Integer.BYTES
                ? ipv4(buffer.getInt())
                : new IpAddress(buffer.getLong(), buffer.getLong(), false);
    }

    /** Whether nobody outside a host or site can have it: private, loopback, link-local or unique local (RFC 6890). */
    public boolean isPrivate() {
        for (IpRange range : IpRange.NOT_PUBLIC) {
            if (range.contains(this)) {
                return true;
            }
        }
        return false;
    }

    /** What one customer usually has: the /24 of an IPv4 address, the /64 of an IPv6 one. */
    public IpRange network() {
        int length = v4 ? 24 : 64;
        return new IpRange(edge(length, false), edge(length, true));
    }

    boolean isLinkLocal() {
        return !v4 && hi >>> 54 == 0xfe80L >>> 6;
    }

    /**
     * The IPv4 address that this IPv6 address leads to through a tunnel or a translator; null where there is none. They are
     * NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo's client (RFC 4380), IPv4-compatible addresses (RFC 4291, section
     * 2.5.5.1) and IPv4-translated ones (RFC 2765).
     */
    public @Nullable IpAddress embeddedIpv4() {
        if (v4) {
            return null;
        }
        if (hi >>> 48 == SIX_TO_FOUR) {
            return ipv4(hi >>> 16);
        }
        if (hi >>> 32 == TEREDO) {
            return ipv4(~lo);
        }
        boolean inLowest = hi == 0
                ? lo >>> 32 == TRANSLATED || (lo >>> 32 == 0 && lo > 1)
                : hi >>> 16 == LOCAL_NAT64 || (hi == NAT64 && lo >>> 32 == 0);
        return inLowest ? ipv4(lo) : null;
    }

    private static IpAddress ipv4(long bits) {
        return new IpAddress(0, bits & IPV4, true);
    }

    /** The address that follows; null after a family's last. Mapped addresses, which IPv6 doesn't have here, are stepped over. */
    public @Nullable IpAddress next() {
        if (v4) {
            return lo == IPV4 ? null : ipv4(lo + 1);
        }
        if (lo == -1) {
            return hi == -1 ? null : new IpAddress(hi + 1, 0, false);
        }
        return isMapped(hi, lo + 1) ? new IpAddress(0, (MAPPED + 1) << 32, false) : new IpAddress(hi, lo + 1, false);
    }

    /** The first or last address of the network of that length around this one; in IPv6 no mapped one, but the one before. */
    IpAddress edge(int length, boolean last) {
        if (v4) {
            long host = length == 32 ? 0 : IPV4 >>> length;
            return ipv4(last ? lo | host : lo & ~host);
        }
        long hostHi = length >= 64 ? 0 : -1L >>> length;
        long hostLo = length <= 64 ? -1L : length == 128 ? 0 : -1L >>> (length - 64);
        if (!last) {
            return new IpAddress(hi & ~hostHi, lo & ~hostLo, false);
        }
        boolean mapped = isMapped(hi | hostHi, lo | hostLo);
        return new IpAddress(hi | hostHi, mapped ? (MAPPED << 32) - 1 : lo | hostLo, false);
    }

    private static boolean isMapped(long hi, long lo) {
        return hi == 0 && lo >>> 32 == MAPPED;
    }

    int bits() {
        return v4 ? 32 : 128;
    }

    @Override
    public int compareTo(IpAddress other) {
        if (v4 != other.v4) {
            return v4 ? -1 : 1;
        }
        int upper = Long.compareUnsigned(hi, other.hi);
        return upper != 0 ? upper : Long.compareUnsigned(lo, other.lo);
    }

    /** As in RFC 5952, section 4: lower case, no leading zeros, the longest run of zero groups as {@code ::}. */
    @Override
    public String toString() {
        return IpText.write(this);
    }
}
