package dev.matrix.security.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.security.AuditLines;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.spi.AuditSink;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** Posts entries as lines of JSON; made by {@link AuditSink#http}. */
public final class HttpSink implements AuditSink {

    private final String name;
    private final RemoteTarget target;

    /** As {@link AuditSink#http} says. */
    public HttpSink(String name, HttpTransport transport, URI target) {
        this.name = requireNonNull(name, "name");
        this.target = new RemoteTarget(transport, target);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void send(List<AuditRecord> batch) {
        String lines = batch.stream().map(AuditLines::ocsf).collect(Collectors.joining("\n", "", "\n"));
        target.requireDone(target.call("POST", "application/x-ndjson", lines.getBytes(UTF_8)));
    }
}
