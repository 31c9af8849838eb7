package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server from npm on this machine, for the profiles that need one; installed in {@code target/npm}. */
public final class NodePackage implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

    private final Process process;
    private final URI address;

    private NodePackage(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts a program of a package.
     *
     * @param pinned such as {@code @foundry-rs/anvil@1.7.1}
     * @param arguments of the program; {@code PORT} stands for the port, which is also in its environment
     */
    public static NodePackage start(String pinned, String program, String... arguments)
            throws IOException, InterruptedException {
        Path folder = Path.of("target", "npm", pinned.replaceAll("[@/]", "_")).toAbsolutePath();
        if (!Files.exists(folder.resolve("node_modules"))) {
            Files.createDirectories(folder);
            Process install = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--prefix", ".", pinned)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("install.log").toFile())
                    .start();
            assertThat(install.waitFor()).as("npm install %s", pinned).isZero();
        }
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(folder.resolve("node_modules/.bin").resolve(program).toString());
        for (String argument : arguments) {
            command.add(argument.replace("PORT", Integer.toString(port)));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("run.log").toFile());
        builder.environment().putAll(Map.of("PORT", Integer.toString(port)));
        NodePackage started = new NodePackage(builder.start(), URI.create("http://127.0.0.1:" + port));
        started.await(port);
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await(int port) {
        long until = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (System.nanoTime() < until && process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        close();
        throw new AssertionError("The program didn't listen within " + STARTS_WITHIN + "; see run.log.");
    }

    public URI address() {
        return address;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
