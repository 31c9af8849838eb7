package dev.matrix.devtools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Packages from npm for the profiles that need them, kept in {@code target/npm}. */
public final class NodeTools {

    private NodeTools() {}

    /** The folder whose {@code node_modules} holds that package, such as {@code typescript@5.9.3}. */
    public static Path with(String pinned) throws IOException {
        Path folder = Path.of("target", "npm", pinned.replaceAll("[@/]", "_")).toAbsolutePath();
        if (!Files.exists(folder.resolve("node_modules"))) {
            Files.createDirectories(folder);
            // With its proxies: npm is not on this machine.
            Programs.Run run = Programs.run(
                    folder, System.getenv(), "", "npm", "install", "--no-audit", "--no-fund", "--prefix", ".", pinned);
            assertThat(run.exit()).as(run.err()).isZero();
        }
        return folder;
    }
}
