package dev.matrix.security.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.security.spi.CheckpointAnchor;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Posts checkpoints; made by {@link CheckpointAnchor#http}. */
public final class HttpAnchor implements CheckpointAnchor {

    private static final int NOT_FOUND = 404;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final String name;
    private final RemoteTarget target;

    /** As {@link CheckpointAnchor#http} says. */
    public HttpAnchor(String name, HttpTransport transport, URI target) {
        this.name = requireNonNull(name, "name");
        this.target = new RemoteTarget(transport, target);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> publish(String note) {
        HttpReply reply = target.requireDone(target.call("POST", TEXT, note.getBytes(UTF_8)));
        return new String(reply.body(), UTF_8)
                .lines()
                .filter(line -> line.startsWith("\u2014 "))
                .toList();
    }

    @Override
    public Optional<String> latest(String origin) {
        HttpReply reply = target.call("GET", TEXT, new byte[0]);
        return reply.status() == NOT_FOUND
                ? Optional.empty()
                : Optional.of(new String(target.requireDone(reply).body(), UTF_8));
    }
}
