package dev.matrix.examples.quickstart;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.okhttp.OkHttpTransport;
import dev.matrix.webhooks.Webhooks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Matrix as this host wires it: storage, keys, transport, and webhooks on top. */
record Platform(Matrix matrix, Webhooks webhooks) implements AutoCloseable {

    /** The shortest there is: it is how long a start after a kill waits until the killed process's endpoints are free. */
    private static final Duration LEASE = Duration.ofSeconds(5);

    /** Everything in a folder: the embedded database, and the key that seals the secrets in it. */
    static Platform in(Path folder, Options options) {
        try {
            KeyEncryptionKey key = KeyEncryptionKey.file(folder.resolve("key-encryption-key"));
            return over(JooqStorage.embedded(folder), KeyRing.envelope(key), options);
        } catch (RuntimeException e) {
            throw new InvalidRequestException("The folder " + folder + " can't be opened: " + innermost(e), e);
        }
    }

    /** Nothing outlives it: to try out what Matrix would say. */
    static Platform inMemory(Options options) {
        return over(Stores.inMemory(), KeyRing.ephemeral(), options);
    }

    private static Platform over(Stores stores, KeyRing.Spec keys, Options options) {
        Matrix matrix = Matrix.builder()
                .stores(stores)
                .keys(keys)
                .transport(OkHttpTransport.create())
                .build();
        Webhooks webhooks = Webhooks.on(matrix)
                .httpsOnly(options.httpsOnly())
                .addresses(options.addresses())
                .lease(LEASE)
                .build();
        return new Platform(matrix, webhooks);
    }

    /** Asks whether a receiver is there: a process's first request loads classes for a while, and an event would wait. */
    void warmUp(URI receiver) {
        HttpCall call = new HttpCall(
                "GET", receiver, Map.of(), new byte[0], Duration.ofSeconds(5), 0, new HttpCall.Reach.Any());
        matrix.transport().send(call).toCompletableFuture().join();
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        matrix.close();
    }
}
