package dev.matrix.jooq;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One DDL script of a module.
 *
 * @param version the number in its name
 * @param text as PostgreSQL runs it, with {@code \n} at line ends
 */
record Script(String module, int version, String name, String text) {

    private static final Pattern NAME = Pattern.compile("V(\\d+)__\\w+\\.sql");

    static List<Script> of(JooqStoreProvider provider) {
        return provider.scripts().stream().map(name -> of(provider, name)).toList();
    }

    private static Script of(JooqStoreProvider provider, String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalStateException("A script's name matches " + NAME + "; " + name + " doesn't.");
        }
        String path = "/db/matrix/" + provider.module() + "/" + name;
        try (InputStream in = provider.getClass().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("No script " + path + " beside " + provider.getClass() + ".");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
            return new Script(provider.module(), Integer.parseInt(matcher.group(1)), name, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Script " + path + " can't be read.", e);
        }
    }

    /** SHA-256 of the text in hex. */
    String checksum() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public String toString() {
        return module + " " + name;
    }
}
