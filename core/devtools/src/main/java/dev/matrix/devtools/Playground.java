package dev.matrix.devtools;

import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The playground's files: a page and its modules, without anything from elsewhere. */
final class Playground {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'";

    private static final List<String> MODULES = List.of(
            "app.js", "dom.js", "spec.js", "store.js", "form.js", "send.js", "snippets.js", "webhooks.js", "diff.js");

    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html; charset=utf-8",
            "css",
            "text/css; charset=utf-8",
            "js",
            "text/javascript; charset=utf-8");

    private Playground() {}

    static List<ApiResource> files() {
        List<ApiResource> files = new ArrayList<>();
        files.add(file("/playground", "index.html"));
        files.add(file("/playground/style.css", "style.css"));
        MODULES.forEach(module -> files.add(file("/playground/" + module, module)));
        return files;
    }

    private static ApiResource file(String path, String name) {
        String type = TYPES.getOrDefault(name.substring(name.indexOf('.') + 1), "text/plain");
        ApiHeaders headers = ApiHeaders.of(
                "Content-Security-Policy",
                POLICY,
                "Referrer-Policy",
                "no-referrer",
                "Cross-Origin-Opener-Policy",
                "same-origin");
        return new ApiResource(path, type, read(name), headers);
    }

    private static byte[] read(String name) {
        try (InputStream in = Playground.class.getResourceAsStream("playground/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks the playground's " + name + ".");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The playground's " + name + " can't be read from the jar.", e);
        }
    }
}
