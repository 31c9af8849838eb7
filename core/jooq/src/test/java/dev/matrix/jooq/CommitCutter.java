package dev.matrix.jooq;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a pool and PostgreSQL, and cuts the connection at one COMMIT. Thread-safe. */
public final class CommitCutter implements AutoCloseable {

    /** When the connection breaks. */
    public enum When {
        /** The server never sees the COMMIT, and rolls back. */
        BEFORE_THE_COMMIT,
        /** The server has committed, and its answer is lost. */
        AFTER_THE_COMMIT
    }

    private static final String COMMIT = "\0COMMIT\0";
    private static final int NEVER = 0;

    private final int target;
    private final ServerSocket entrance;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger left = new AtomicInteger(NEVER);
    private volatile When when = When.BEFORE_THE_COMMIT;

    CommitCutter(int target) {
        this.target = target;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Cuts at the n-th COMMIT from now on, once. */
    public void cut(int nth, When at) {
        when = at;
        left.set(nth);
    }

    /** Whether that COMMIT has come. */
    public boolean hasCut() {
        return left.get() <= NEVER;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "commit-cutter");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.addAll(List.of(client, server));
                AtomicBoolean cutting = new AtomicBoolean();
                start(() -> pump(client, server, chunk -> isCut(chunk, cutting)));
                start(() -> pump(server, client, chunk -> cutting.get()));
            }
        } catch (IOException closed) {
            close();
        }
    }

    /** Whether the connection ends before this chunk is forwarded. */
    @FunctionalInterface
    private interface Cut {
        boolean before(String chunk);
    }

    private boolean isCut(String chunk, AtomicBoolean cutting) {
        if (chunk.contains(COMMIT) && left.get() > NEVER && left.decrementAndGet() == NEVER) {
            cutting.set(true);
            return when == When.BEFORE_THE_COMMIT;
        }
        return false;
    }

    private static void pump(Socket from, Socket to, Cut cut) {
        byte[] buffer = new byte[65_536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (cut.before(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException broken) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
