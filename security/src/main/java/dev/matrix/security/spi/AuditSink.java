package dev.matrix.security.spi;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.security.remote.HttpSink;
import java.net.URI;
import java.util.List;

/**
 * Takes entries of the audit log to where others look at them, such as a SIEM. It may block on a network: it is never called inside a
 * transaction, and one call is made at a time among all nodes. Entries come in the order of their numbers, each at least once. A throw has
 * the batch sent again, after 1 s doubling to 5 min or after what a {@link RetryLaterException} says. Thread-safe. The test-jar's {@code
 * AuditSinkContract} tells whether an implementation keeps to this.
 */
public interface AuditSink {

    /** {@code [a-z0-9-]{1,40}}, unique and stable: progress is kept under it. */
    String name();

    /**
     * Takes 1 to 256 entries, durably when it returns.
     *
     * @throws RuntimeException when it can't take all of them now
     */
    void send(List<AuditRecord> batch);

    /**
     * Posts entries as lines of JSON ({@code application/x-ndjson}), in the form of {@code ExportFormat.OCSF}; any answer but 2xx is a
     * failure.
     *
     * @param target https, or http to this machine
     */
    static AuditSink http(String name, HttpTransport transport, URI target) {
        return new HttpSink(name, transport, target);
    }
}
