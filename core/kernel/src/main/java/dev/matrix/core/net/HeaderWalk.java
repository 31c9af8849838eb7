package dev.matrix.core.net;

import dev.matrix.core.net.ClientAddress.Resolved;
import dev.matrix.core.net.ClientAddress.Unresolvable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link ClientAddresses} by one header and the ranges of trusted proxies. */
record HeaderWalk(ForwardedHeader header, List<IpRange> trusted) implements ClientAddresses {

    private static final int MOST_HOPS = 32;
    private static final int MOST_CHARS = 8_192;

    @Override
    public ClientAddress resolve(String peer, List<String> headerLines) {
        IpAddress nearest = IpText.candidate(peer);
        if (nearest == null) {
            return new Unresolvable("The connection's peer has no address.");
        }
        return isTrusted(nearest) ? walk(nearest, headerLines) : new Resolved(nearest);
    }

    private ClientAddress walk(IpAddress peer, List<String> lines) {
        if (lines.stream().mapToLong(String::length).sum() > MOST_CHARS) {
            return new Unresolvable("The header is longer than " + MOST_CHARS + " bytes.");
        }
        List<@Nullable IpAddress> hops = new ArrayList<>();
        for (String line : lines) {
            switch (header) {
                case X_FORWARDED_FOR -> addAddresses(line, hops);
                case FORWARDED -> ForwardedElements.addTo(hops, line);
            }
        }
        if (hops.size() > MOST_HOPS) {
            return new Unresolvable("The header names more than " + MOST_HOPS + " hops.");
        }
        IpAddress client = peer;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
            IpAddress hop = hops.get(i);
            if (hop == null) {
                return new Unresolvable("A proxy didn't name an address.");
            }
            client = hop;
        }
        return new Resolved(client);
    }

    private boolean isTrusted(IpAddress address) {
        for (IpRange range : trusted) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static void addAddresses(String line, List<@Nullable IpAddress> to) {
        for (String hop : line.split(",", -1)) {
            to.add(node(ForwardedElements.trimmed(hop)));
        }
    }

    /** RFC 7239, section 6: an address, in brackets if need be, with a port or without; null for all else. */
    static @Nullable IpAddress node(String text) {
        int bracket = text.lastIndexOf(']');
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean withPort = bracketed ? colon > bracket : colon >= 0 && colon == text.indexOf(':');
        if (withPort && !isPort(text.substring(colon + 1))) {
            return null;
        }
        String bare = withPort ? text.substring(0, colon) : text;
        if (!bracketed) {
            return IpText.candidate(bare);
        }
        boolean closed = bare.endsWith("]") && bare.indexOf(':') >= 0;
        return closed ? IpText.candidate(bare.substring(1, bare.length() - 1)) : null;
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}|_[A-Za-z0-9._-]{1,64}");
    }
}
