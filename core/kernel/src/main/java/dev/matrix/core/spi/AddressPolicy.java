package dev.matrix.core.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which addresses a transport may connect to on behalf of a stranger, such as whoever registered a webhook.
 * A value: immutable, thread-safe, equal where it allows the same ranges. It never looks a name up.
 */
public final class AddressPolicy {

    // What the IANA special-purpose registries (RFC 6890) don't call globally reachable, and tunnels into it.
    private static final List<Cidr> BLOCKED = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/32",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(Cidr::parse)
            .toList();

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of());

    private final List<Cidr> allowed;

    private AddressPolicy(List<Cidr> allowed) {
        this.allowed = allowed;
    }

    /** Public addresses only: none that is private, local, reserved, multicast, or a tunnel to such. */
    public static AddressPolicy publicOnly() {
        return PUBLIC_ONLY;
    }

    /**
     * This policy, which also allows these ranges.
     *
     * @param cidrs as in RFC 4632 and RFC 4291: {@code 10.20.0.0/16}, {@code fd00:1::/32}, or one address without a length;
     *     an IPv4-mapped range, {@code ::ffff:10.20.0.0/112}, is that IPv4 range
     * @throws InvalidRequestException where one isn't a range, or has bits set beyond its length
     */
    public AddressPolicy allowing(String... cidrs) {
        return new AddressPolicy(
                Stream.concat(allowed.stream(), Arrays.stream(cidrs).map(Cidr::parse))
                        .distinct()
                        .toList());
    }

    /** Whether a connection to {@code address} is allowed. An IPv4-mapped IPv6 address is judged as IPv4. */
    public boolean allows(InetAddress address) {
        byte[] bits = Cidr.unmapped(address.getAddress());
        return allowed.stream().anyMatch(range -> range.holds(bits))
                || BLOCKED.stream().noneMatch(range -> range.holds(bits));
    }

    /**
     * Whether a URI with this host may be registered, as far as can be told without looking it up. An IP literal in any
     * spelling that a client may read as one ({@code 2130706433}, {@code 127.1}, {@code 0x7f.1}, {@code [::1]}; WHATWG URL,
     * section 3.5) is judged as an address, and refused where it is malformed. A name is allowed: what it resolves to is judged
     * when connecting. What isn't ASCII is refused; write such a name in its {@code xn--} form.
     *
     * @param host without port, an IPv6 literal with or without brackets
     */
    public boolean allowsHost(String host) {
        if (!IpLiteral.claimedBy(requireNonNull(host, "host"))) {
            return NAME.matcher(host).matches();
        }
        return IpLiteral.parse(host).filter(this::allows).isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressPolicy that && allowed.equals(that.allowed);
    }

    @Override
    public int hashCode() {
        return allowed.hashCode();
    }

    @Override
    public String toString() {
        return "public only" + (allowed.isEmpty() ? "" : ", and " + allowed);
    }
}
