package dev.matrix.webhooks;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.AddressPolicy;
import java.net.URI;
import java.util.Locale;

/** Which URLs may be registered. The transport vets the address again at each request, as names may change. */
record TargetRules(boolean httpsOnly, AddressPolicy addresses) {

    private static final int LOWEST_FREE_PORT = 1_024;
    private static final int HTTPS_PORT = 443;
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
        if (httpsOnly) {
            checkStrictly(url, host.toLowerCase(Locale.ROOT));
        }
    }

    private static void checkStrictly(URI url, String host) {
        if (!"https".equals(url.getScheme())) {
            throw new InvalidRequestException(
                    "An endpoint's URL is https; http needs WebhooksBuilder.httpsOnly(false).");
        }
        int port = url.getPort();
        if (port != -1 && port != HTTPS_PORT && port < LOWEST_FREE_PORT) {
            throw new InvalidRequestException("An endpoint's port is 443 or 1024 to 65535; " + port + " is not.");
        }
        boolean name = !host.startsWith("[") && !host.matches("[0-9.]+");
        boolean single = name && host.indexOf('.') < 0;
        if (single || host.endsWith(".localhost") || host.endsWith(".local") || host.endsWith(".internal")) {
            throw new InvalidRequestException(
                    "The host " + host + " is a name of a private network; use a public one.");
        }
    }
}
