package dev.matrix.examples.quickstart;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.webhooks.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param events the file to read; null: the one that comes with the program
 * @param data the folder of the database, the key file and the local receiver's journal
 * @param to where webhooks go; null: to a receiver that the program starts
 * @param secret what they are signed with; null: a random one, kept in the folder
 * @param allowPrivate whether {@code to} may be plain http and a private address
 * @param help whether only the help is wanted
 */
record Options(
        @Nullable Path events,
        Path data,
        @Nullable URI to,
        @Nullable String secret,
        boolean allowPrivate,
        boolean help) {

    static final String HELP = """
            Publishes billing events from a JSON-lines file and delivers them as signed webhooks.

            java -jar matrix-quickstart.jar [options]
              --events FILE     events to publish, one JSON object a line; default: the 62 that come with it
              --data DIR        where everything is kept; default: matrix-data/quickstart
              --to URL          sends to your receiver; default: to one that the quickstart starts
              --secret whsec_…  signs with this secret; default: a random one, kept in DIR/receiver-secret
              --allow-private   lets --to be plain http or a private address
              --help            prints this

            Stop it at any moment and start it again: it goes on where it was, and publishes nothing twice.
            Exit code: 0 all delivered; 1 something was not; 2 bad input, such as a malformed line, whose number is named.
            """;

    private static final Path DATA = Path.of("matrix-data", "quickstart");

    /** @throws InvalidRequestException for what is no option, or has no proper value */
    static Options parse(String... args) {
        Options options = new Options(null, DATA, null, null, false, false);
        Iterator<String> rest = Arrays.asList(args).iterator();
        while (rest.hasNext()) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private Options with(String option, Iterator<String> rest) {
        return switch (option) {
            case "--events" -> new Options(path(option, rest), data, to, secret, allowPrivate, help);
            case "--data" -> new Options(events, path(option, rest), to, secret, allowPrivate, help);
            case "--to" -> new Options(events, data, url(value(option, rest)), secret, allowPrivate, help);
            case "--secret" -> new Options(events, data, to, secret(value(option, rest)), allowPrivate, help);
            case "--allow-private" -> new Options(events, data, to, secret, true, help);
            case "--help", "-h" -> new Options(events, data, to, secret, allowPrivate, true);
            default -> throw new InvalidRequestException("There is no option '" + option + "'; --help lists them.");
        };
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new InvalidRequestException(option + " needs a value; --help says which.");
        }
        return rest.next();
    }

    private static Path path(String option, Iterator<String> rest) {
        String value = value(option, rest);
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new InvalidRequestException(option + " needs a path; '" + value + "' is none.");
        }
    }

    private static URI url(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw new InvalidRequestException(
                    "--to needs a URL, such as https://example.com/hooks; '" + value + "' is none.");
        }
    }

    private static String secret(String value) {
        try {
            Endpoint.to(URI.create("https://example.com/")).secret(value);
            return value;
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException("--secret: " + e.getMessage());
        }
    }

    /** Whoever registers a URL decides where this machine sends to, so private addresses are for those who ask for them. */
    AddressPolicy addresses() {
        AddressPolicy strict = AddressPolicy.publicOnly();
        if (allowPrivate) {
            return strict.allowing(
                    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7");
        }
        return to == null ? strict.allowing("127.0.0.1/32") : strict;
    }

    boolean httpsOnly() {
        return to != null && !allowPrivate;
    }
}
