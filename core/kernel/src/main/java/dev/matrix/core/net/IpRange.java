package dev.matrix.core.net;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses of one family, from the first to the last, both included. Immutable, ordered by its first and then
 * its last address.
 */
public record IpRange(IpAddress first, IpAddress last) implements Comparable<IpRange> {

    private static final String FORMS =
            "Write an address (192.0.2.7, 2001:db8::7), a network (10.20.0.0/16, fd00:1::/32,"
                    + " 10.20.0.0/255.255.0.0), or a first and a last address (192.0.2.10-192.0.2.20).";
    private static final int MAPPED_BITS = 96;

    private static final Map<String, List<IpRange>> NAMED = Map.of(
            "loopback", all("127.0.0.0/8", "::1/128"),
            "linklocal", all("169.254.0.0/16", "fe80::/10"),
            "uniquelocal", all("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"));

    static final List<IpRange> NOT_PUBLIC =
            NAMED.values().stream().flatMap(List::stream).sorted().toList();

    public IpRange {
        requireNonNull(first, "first");
        requireNonNull(last, "last");
        if (first.v4() != last.v4()) {
            throw new InvalidRequestException("A range is of one family; " + first + " and " + last + " are of two.");
        }
        if (first.compareTo(last) > 0) {
            throw new InvalidRequestException(
                    "A range's first address comes before its last; " + first + " comes after " + last + ".");
        }
    }

    /** The range of one address. */
    public static IpRange of(IpAddress only) {
        return new IpRange(only, only);
    }

    /**
     * The network of that length around an address.
     *
     * @throws InvalidRequestException unless the length is 0 to 32 in IPv4, 0 to 128 in IPv6
     */
    public static IpRange network(IpAddress within, int length) {
        if (length < 0 || length > within.bits()) {
            throw new InvalidRequestException(
                    "A network around " + within + " has a length of 0 to " + within.bits() + "; not " + length + ".");
        }
        return new IpRange(within.edge(length, false), within.edge(length, true));
    }

    /**
     * Reads a range: an address, a network with its length (RFC 4632, RFC 4291), an IPv4 network with a contiguous mask, or
     * {@code first-last}. An IPv4-mapped network is that IPv4 network, and needs a length of 96 or more.
     *
     * @throws InvalidRequestException where it is none, or has bits set beyond its length; names the right network then
     */
    public static IpRange parse(String text) {
        int slash = text.indexOf('/');
        int dash = text.indexOf('-');
        if (slash >= 0) {
            return network(text, address(text, text.substring(0, slash)), text.substring(slash + 1));
        }
        if (dash >= 0) {
            return new IpRange(address(text, text.substring(0, dash)), address(text, text.substring(dash + 1)));
        }
        if (NAMED.containsKey(text)) {
            throw new InvalidRequestException(
                    "'" + text + "' names several ranges: " + NAMED.get(text) + ". Use each of them.");
        }
        return of(address(text, text));
    }

    /**
     * Reads a range as {@link #parse} does, or all ranges of a name: {@code loopback}, {@code linklocal} (RFC 3927, RFC 4291)
     * or {@code uniquelocal} (RFC 1918, RFC 4193).
     */
    public static List<IpRange> parseAll(String text) {
        List<IpRange> named = NAMED.get(text);
        return named == null ? List.of(parse(text)) : named;
    }

    private static List<IpRange> all(String... networks) {
        return Stream.of(networks).map(IpRange::parse).toList();
    }

    private static IpAddress address(String text, String part) {
        IpAddress address = IpText.address(part);
        if (address == null) {
            throw invalid(text, "");
        }
        return address;
    }

    private static IpRange network(String text, IpAddress address, String suffix) {
        boolean mapped = address.v4() && text.indexOf(':') >= 0;
        IpAddress mask = suffix.indexOf('.') >= 0 && address.v4() && !mapped ? IpText.address(suffix) : null;
        int length = mask != null ? length(text, mask) : length(text, suffix) - (mapped ? MAPPED_BITS : 0);
        if (length < 0 || length > address.bits()) {
            throw invalid(
                    text,
                    mapped ? " An IPv4-mapped network has a length of 96 to 128." : " Its length is out of range.");
        }
        IpAddress first = address.edge(length, false);
        if (!first.equals(address)) {
            throw invalid(text, " Bits are set beyond its length: the network is " + first + "/" + length + ".");
        }
        return new IpRange(first, address.edge(length, true));
    }

    private static int length(String text, String digits) {
        boolean number = digits.matches("0|[1-9][0-9]{0,2}");
        if (!number) {
            throw invalid(text, " Its length is no number without leading zeros.");
        }
        return Integer.parseInt(digits);
    }

    private static int length(String text, IpAddress mask) {
        int length = Long.bitCount(mask.lo());
        if (!mask.v4() || mask.lo() != (IpAddress.IPV4 << (32 - length) & IpAddress.IPV4)) {
            throw invalid(text, " A mask's bits are contiguous, such as 255.255.0.0.");
        }
        return length;
    }

    private static InvalidRequestException invalid(String text, String why) {
        return new InvalidRequestException(IpText.quoted(text) + " is no range of addresses." + why + " " + FORMS);
    }

    /** Whether the address is in this range. IPv6 ranges hold no IPv4 address, nor the other way round. */
    public boolean contains(IpAddress address) {
        return address.v4() == first.v4() && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    /** Whether every address of {@code other} is in this range. */
    public boolean covers(IpRange other) {
        return contains(other.first) && contains(other.last);
    }

    /** Whether some address is in both. */
    public boolean overlaps(IpRange other) {
        return contains(other.first) || other.contains(first);
    }

    /** Whether it is all of a family. */
    public boolean isWholeFamily() {
        return equals(whole(first));
    }

    private static IpRange whole(IpAddress any) {
        return new IpRange(any.edge(0, false), any.edge(0, true));
    }

    /** Compares how many addresses two ranges hold. */
    public int compareSize(IpRange other) {
        int upper = Long.compareUnsigned(spanHi(), other.spanHi());
        return upper != 0 ? upper : Long.compareUnsigned(last.lo() - first.lo(), other.last.lo() - other.first.lo());
    }

    /** The upper 64 bits of the last address minus the first. */
    private long spanHi() {
        boolean borrows = Long.compareUnsigned(last.lo(), first.lo()) < 0;
        return last.hi() - first.hi() - (borrows ? 1 : 0);
    }

    private @Nullable Integer prefix() {
        for (int length = 0; length <= first.bits(); length++) {
            if (first.edge(length, false).equals(first)
                    && first.edge(length, true).equals(last)) {
                return length;
            }
        }
        return null;
    }

    @Override
    public int compareTo(IpRange other) {
        int byFirst = first.compareTo(other.first);
        return byFirst != 0 ? byFirst : last.compareTo(other.last);
    }

    /** The shortest form that {@link #parse} reads: an address, a network, or first and last. */
    @Override
    public String toString() {
        if (first.equals(last)) {
            return first.toString();
        }
        Integer length = prefix();
        return length == null ? first + "-" + last : first + "/" + length;
    }
}
