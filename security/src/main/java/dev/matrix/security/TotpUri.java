package dev.matrix.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.InvalidRequestException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The key URI format of authenticator apps: {@code otpauth://totp/Issuer:account?secret=…}. */
final class TotpUri {

    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 128;

    private TotpUri() {}

    /** What another platform gave a device. Its text form doesn't show the secret. */
    record Parsed(TotpOptions options, byte[] secret) {

        @Override
        public String toString() {
            return "TotpUri of " + options.account();
        }
    }

    /** Percent-encoded as in RFC 3986, so that a space is %20. */
    static String write(TotpOptions options, String secret) {
        return "otpauth://totp/" + encoded(options.issuer()) + ":" + encoded(options.account()) + "?secret=" + secret
                + "&issuer=" + encoded(options.issuer()) + "&algorithm=" + options.algorithm() + "&digits="
                + options.digits() + "&period=" + options.periodSeconds();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /**
     * Reads one. What isn't said is SHA1, 6 digits and 30 seconds; parameters that only show something, such as an image, are ignored.
     *
     * @throws InvalidRequestException where it isn't exactly one TOTP device; the message holds nothing of the text
     */
    static Parsed parse(String text) {
        URI uri = uri(text);
        if (!"otpauth".equals(uri.getScheme()) || !"totp".equals(uri.getHost())) {
            throw refused("it begins with otpauth://totp/; counters (hotp) aren't known here");
        }
        Map<String, String> parameters = parameters(uri.getRawQuery());
        String label = decoded(uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("^/", ""));
        int colon = label.indexOf(':');
        String account = label.substring(colon + 1).strip();
        String named = colon < 0 ? "" : label.substring(0, colon).strip();
        String issuer = parameters.getOrDefault("issuer", named);
        if (!named.isEmpty() && !named.equals(issuer)) {
            throw refused("its label and its parameter name one issuer");
        }
        TotpOptions options = new TotpOptions(
                issuer.isEmpty() ? account : issuer,
                account,
                algorithm(parameters.getOrDefault("algorithm", "SHA1")),
                number("digits", parameters.getOrDefault("digits", "6")),
                number("period", parameters.getOrDefault("period", "30")));
        byte[] secret = Base32.decode(parameters.getOrDefault("secret", ""));
        if (secret.length < SHORTEST_SECRET || secret.length > LONGEST_SECRET) {
            Arrays.fill(secret, (byte) 0);
            throw refused("its secret has " + SHORTEST_SECRET + " to " + LONGEST_SECRET + " bytes");
        }
        return new Parsed(options, secret);
    }

    private static InvalidRequestException refused(String rule) {
        return new InvalidRequestException("Of a URI of an authenticator app " + rule + ". Nothing was imported.");
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw refused("all but letters, digits and a few signs is percent-encoded");
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> found = new HashMap<>();
        for (String each : query == null ? new String[0] : query.split("&", -1)) {
            int equals = each.indexOf('=');
            String name = decoded(equals < 0 ? each : each.substring(0, equals)).toLowerCase(Locale.ROOT);
            if (found.put(name, decoded(each.substring(equals + 1))) != null) {
                throw refused("each parameter stands there once");
            }
        }
        return found;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("a percent sign is followed by two hexadecimal digits");
        }
    }

    private static TotpAlgorithm algorithm(String name) {
        return Arrays.stream(TotpAlgorithm.values())
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> refused("the algorithm is SHA1, SHA256 or SHA512"));
    }

    private static int number(String name, String digits) {
        if (!digits.matches("[0-9]{1,4}")) {
            throw refused(name + " is a number");
        }
        return Integer.parseInt(digits);
    }
}
