package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.ApiResource;
import dev.matrix.core.api.ApiResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("D8")
class PlaygroundTest {

    @Test
    void everyFileIsServedUnderTheStrictPolicy() {
        try (Gallery gallery = new Gallery()) {
            for (ApiResource file : Playground.files()) {
                ApiResponse reply = gallery.get(file.path(), "");
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.headers().first("Content-Security-Policy"))
                        .startsWith("default-src 'none'; script-src 'self';")
                        .endsWith("require-trusted-types-for 'script'");
            }
        }
    }

    @Test
    void thePageIsAtMostAHundredKilobytesCompressed() {
        int sum = 0;
        for (ApiResource file : Playground.files()) {
            sum += Served.of(file.content()).gzip().length;
        }
        assertThat(sum).isLessThanOrEqualTo(100_000);
    }

    @Test
    void nothingInItStoresTheKeyOrComesFromElsewhereOrWritesMarkup() {
        for (ApiResource file : Playground.files()) {
            assertThat(new String(file.content(), UTF_8))
                    .as(file.path())
                    .doesNotContain(
                            "localStorage",
                            "sessionStorage",
                            "document.cookie",
                            "indexedDB",
                            "innerHTML",
                            "https://",
                            "http://",
                            "eval(");
        }
    }

    @Test
    @Tag("browser")
    @Tag("C19")
    @Tag("C23")
    void itWorksInChromium(@TempDir Path folder) throws IOException {
        Path tools = NodeTools.with("playwright-core@1.65.1");
        Path script = Programs.copy("playground/browser.mjs", tools);
        Path pictures = Files.createDirectories(Path.of("target", "playground"));
        try (Gallery gallery = Gallery.withTwoVersions();
                Gallery.Site site = gallery.site()) {
            Programs.Run run = Programs.run(
                    folder,
                    Map.of(),
                    "",
                    "node",
                    script.toString(),
                    site.uri().toString(),
                    Gallery.KEY,
                    pictures.toAbsolutePath().toString());
            assertThat(run.out() + run.err()).isEqualTo("good\n");
        }
    }
}
