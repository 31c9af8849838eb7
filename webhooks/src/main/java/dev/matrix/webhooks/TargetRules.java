package dev.matrix.webhooks;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.AddressPolicy;
import java.net.URI;
import java.util.Locale;

/** Which URLs may be registered. The transport vets the address again at each request, as names may change. */
record TargetRules(boolean httpsOnly, AddressPolicy addresses) {

    private static final int LOWEST_FREE_PORT = 1_024;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final int LONGEST = 2_048;

    void check(URI url) {
        String scheme = url.getScheme();
        String host = url.getHost();
        if (host == null || !("https".equals(scheme) || "http".equals(scheme))) {
            throw new InvalidRequestException("An endpoint's URL is absolute, such as https://example.com/hooks.");
        }
        String text = url.toString();
        if (text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new InvalidRequestException(
                    "An endpoint's URL has at most " + LONGEST + " characters, all ASCII; encode others as %XX.");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new InvalidRequestException(
                    "An endpoint's URL has no user info and no fragment; put a token in a header instead.");
        }
        if (!addresses.allowsHost(host)) {
            throw new InvalidRequestException("The address " + host + " is not allowed: it is not a public one. Use a"
                    + " public host, or allow the range by WebhooksBuilder.addresses(…).");
        }
        checkPort(url);
        if (httpsOnly && !"https".equals(scheme)) {
            throw new InvalidRequestException(
                    "An endpoint's URL is https; http needs WebhooksBuilder.httpsOnly(false).");
        }
        if (httpsOnly || addresses.equals(AddressPolicy.publicOnly())) {
            checkPublicName(host.toLowerCase(Locale.ROOT));
        }
    }

    private static void checkPort(URI url) {
        int port = url.getPort();
        boolean usual = port == -1 || port == HTTPS_PORT || (port == HTTP_PORT && "http".equals(url.getScheme()));
        if (!usual && port < LOWEST_FREE_PORT) {
            throw new InvalidRequestException("An endpoint's port is 443 or 1024 to 65535; " + port + " is not.");
        }
    }

    /** A final dot only says that a name is whole. */
    private static void checkPublicName(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        boolean single = !literal && name.indexOf('.') < 0;
        if (single || name.endsWith(".localhost") || name.endsWith(".local") || name.endsWith(".internal")) {
            throw new InvalidRequestException(
                    "The host " + host + " is a name of a private network; use a public one.");
        }
    }
}
