package dev.matrix.core.spi;

import dev.matrix.core.InvalidRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxies whose word about a caller's address is believed. Every proxy appends the address that it was called from to the
 * header {@code X-Forwarded-For}; what stands left of the first one that isn't trusted was written by a stranger and is ignored.
 * Immutable.
 */
public final class TrustedProxies {

    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]*)](?::[0-9]+)?|([0-9.]+):[0-9]+");

    private final List<Cidr> ranges;

    private TrustedProxies(List<Cidr> ranges) {
        this.ranges = ranges;
    }

    /**
     * Proxies in these ranges.
     *
     * @param cidrs such as {@code 10.20.0.0/16}, {@code fd00:1::/32}, or one address without a length
     * @throws InvalidRequestException where one isn't a range
     */
    public static TrustedProxies in(String... cidrs) {
        return new TrustedProxies(Arrays.stream(cidrs).map(Cidr::parse).toList());
    }

    /**
     * The caller's address: the last one on the way here that is no trusted proxy's.
     *
     * @param peer the address of the connection's other end
     * @param forwardedFor the values of every line {@code X-Forwarded-For}, in their order
     */
    public String clientOf(String peer, List<String> forwardedFor) {
        List<String> way = new ArrayList<>();
        for (String line : forwardedFor) {
            way.addAll(Arrays.asList(line.split(",", -1)));
        }
        String client = peer;
        for (int i = way.size() - 1; i >= 0 && trusts(client); i--) {
            Optional<String> before = address(way.get(i).strip());
            if (before.isEmpty()) {
                return client;
            }
            client = before.get();
        }
        return client;
    }

    private boolean trusts(String address) {
        return IpLiteral.parse(address)
                .map(it -> Cidr.unmapped(it.getAddress()))
                .filter(bits -> ranges.stream().anyMatch(range -> range.holds(bits)))
                .isPresent();
    }

    /** An entry's address without a port, as some proxies write one; empty where it is no address. */
    private static Optional<String> address(String entry) {
        Matcher port = WITH_PORT.matcher(entry);
        String bare = !port.matches() ? entry : port.group(1) != null ? port.group(1) : port.group(2);
        return IpLiteral.claimedBy(bare) && IpLiteral.parse(bare).isPresent() ? Optional.of(bare) : Optional.empty();
    }

    /** The ranges. */
    @Override
    public String toString() {
        return ranges.toString();
    }
}
