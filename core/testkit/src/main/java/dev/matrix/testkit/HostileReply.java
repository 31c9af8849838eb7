package dev.matrix.testkit;

import static dev.matrix.core.spi.HttpReply.End.COMPLETE;
import static dev.matrix.core.spi.HttpReply.End.FAILED;
import static dev.matrix.core.spi.TransportException.Kind.OTHER;
import static dev.matrix.core.spi.TransportException.Kind.RESET;
import static dev.matrix.core.spi.TransportException.Kind.TIMEOUT;

import dev.matrix.core.spi.HttpReply.End;
import dev.matrix.core.spi.TransportException.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver that is broken or means harm answers a request with, and what has to come of it.
 *
 * @param name says it in a few words
 * @param bytes the answer, a character a byte
 * @param ending what follows it
 * @param status of the reply that results; 0: none, the call fails
 * @param end how the reply's body ends
 * @param body what is kept of it
 * @param kinds how the call may fail
 */
record HostileReply(
        String name,
        String bytes,
        Ending ending,
        int status,
        @Nullable End end,
        String body,
        Set<Kind> kinds) {

    /** What a receiver does after its answer. */
    enum Ending {
        /** Waits for the next request on the same connection. */
        KEEP,
        CLOSE,
        RESET,
        /** Sends the answer's last line again and again. */
        AGAIN,
        /** Once the reply has been handed over: sends bytes that nobody asked for, or ends the connection. */
        LATE_BYTES,
        LATE_REPLY,
        LATE_CLOSE,
        LATE_RESET
    }

    static final String STALE = "HTTP/1.1 200 OK\r\nX-For: stale\r\nContent-Length: 5\r\n\r\nstale";
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String HELLO = OK + "Content-Length: 5\r\n\r\nhello";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final Set<Kind> NO_REPLY = Set.of(RESET, OTHER);

    private static HostileReply whole(String name, String bytes, Ending ending) {
        return replies(name, bytes, ending, 200, COMPLETE, "hello");
    }

    private static HostileReply replies(String name, String bytes, Ending ending, int status, End end, String body) {
        return new HostileReply(name, bytes, ending, status, end, body, Set.of());
    }

    private static HostileReply cut(String name, String bytes, Ending ending, String body) {
        return replies(name, bytes, ending, 200, FAILED, body);
    }

    private static HostileReply none(String name, String bytes, Ending ending, Set<Kind> kinds) {
        return new HostileReply(name, bytes, ending, 0, null, "", kinds);
    }

    /** Answers of which the connection is in doubt. */
    static List<HostileReply> afterReplies() {
        return List.of(
                whole("bytes after the reply", HELLO + "surplus", Ending.KEEP),
                whole("two replies", HELLO + STALE, Ending.KEEP),
                whole("the beginning of a second reply", HELLO + "HTTP/1.1 2", Ending.KEEP),
                whole("a second reply after chunks", CHUNKED + "5\r\nhello\r\n0\r\n\r\n" + STALE, Ending.KEEP),
                whole("a length that is too short", OK + "Content-Length: 5\r\n\r\nhello!!!!", Ending.KEEP),
                whole("bytes while the connection is idle", HELLO, Ending.LATE_BYTES),
                whole("a second reply while the connection is idle", HELLO, Ending.LATE_REPLY),
                whole("an end while the connection is idle", HELLO, Ending.LATE_CLOSE),
                whole("a reset while the connection is idle", HELLO, Ending.LATE_RESET),
                whole("an end at once", HELLO, Ending.CLOSE),
                whole("an end after chunks", CHUNKED + "5\r\nhello\r\n0\r\n\r\n", Ending.CLOSE),
                whole(
                        "an end that is announced",
                        OK + "Connection: close\r\nContent-Length: 5\r\n\r\nhello",
                        Ending.CLOSE),
                whole(
                        "an announced end among other words",
                        OK + "Connection: foo, Close\r\nContent-Length: 5\r\n\r\nhello" + STALE,
                        Ending.KEEP),
                whole("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello" + STALE, Ending.CLOSE),
                whole("a body that the end ends", OK + "\r\nhello", Ending.CLOSE),
                replies("204 with a body", "HTTP/1.1 204 x\r\n\r\n" + STALE, Ending.KEEP, 204, COMPLETE, ""),
                replies(
                        "204 with a length",
                        "HTTP/1.1 204 x\r\nContent-Length: 5\r\n\r\nhello",
                        Ending.KEEP,
                        204,
                        COMPLETE,
                        ""),
                replies(
                        "304 with a length and no body",
                        "HTTP/1.1 304 x\r\nContent-Length: 50\r\n\r\n",
                        Ending.KEEP,
                        304,
                        COMPLETE,
                        ""),
                replies("304 with a body", "HTTP/1.1 304 x\r\n\r\n" + STALE, Ending.KEEP, 304, COMPLETE, ""),
                replies(
                        "an unasked switch of protocols",
                        "HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n" + STALE,
                        Ending.KEEP,
                        101,
                        COMPLETE,
                        ""));
    }

    /** Bodies of which the end is in doubt. */
    static List<HostileReply> bodies() {
        String two = "Content-Length: 5\r\nContent-Length: ";
        return List.of(
                cut(
                        "a length that is too long, and an end",
                        OK + "Content-Length: 9\r\n\r\nhello",
                        Ending.CLOSE,
                        "hello"),
                cut(
                        "a length that is too long, and silence",
                        OK + "Content-Length: 9\r\n\r\nhello",
                        Ending.KEEP,
                        "hello"),
                cut("a reset within the body", OK + "Content-Length: 9\r\n\r\n", Ending.RESET, ""),
                cut("a negative length", OK + "Content-Length: -5\r\n\r\nhello", Ending.KEEP, ""),
                cut("a length with a sign", OK + "Content-Length: +5\r\n\r\nhello", Ending.KEEP, ""),
                cut("a length that is no number", OK + "Content-Length: five\r\n\r\nhello", Ending.KEEP, ""),
                cut("an empty length", OK + "Content-Length:\r\n\r\nhello", Ending.KEEP, ""),
                cut(
                        "a length beyond numbers",
                        OK + "Content-Length: 9" + "0".repeat(30) + "\r\n\r\nhello",
                        Ending.KEEP,
                        ""),
                cut("two lengths", OK + two + "9\r\n\r\nhello", Ending.KEEP, ""),
                cut("two lengths in one line", OK + "Content-Length: 5, 9\r\n\r\nhello", Ending.KEEP, ""),
                whole("one length twice", OK + two + "5\r\n\r\nhello", Ending.KEEP),
                whole("one length twice in one line", OK + "Content-Length: 5, 5\r\n\r\nhello", Ending.KEEP),
                whole(
                        "a length and chunks",
                        OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                        Ending.KEEP),
                cut("an unknown encoding", OK + "Transfer-Encoding: gzip, chunked\r\n\r\n5\r\n", Ending.KEEP, ""),
                cut(
                        "chunked twice",
                        OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                        Ending.KEEP,
                        ""),
                cut("a chunk's size that is no number", CHUNKED + "5\r\nhello\r\nzz\r\n", Ending.KEEP, "hello"),
                cut("a chunk's size with a sign", CHUNKED + "-5\r\nhello\r\n0\r\n\r\n", Ending.KEEP, ""),
                cut(
                        "a chunk's size beyond numbers",
                        CHUNKED + "5\r\nhello\r\n" + "f".repeat(17) + "\r\n",
                        Ending.KEEP,
                        "hello"),
                cut("an end between chunks", CHUNKED + "5\r\nhello\r\n", Ending.CLOSE, "hello"),
                cut("an endless extension of a chunk", CHUNKED + "5;x=" + "x".repeat(4_096), Ending.AGAIN, ""),
                cut("endless trailers", CHUNKED + "5\r\nhello\r\n0\r\nX: y\r\n", Ending.AGAIN, "hello"),
                whole("trailers", CHUNKED + "5\r\nhello\r\n0\r\nX-For: stale\r\n\r\n", Ending.KEEP));
    }

    /** Heads that aren't as they should be. */
    static List<HostileReply> heads() {
        String length = "Content-Length: 5\r\n\r\nhello";
        Set<Kind> endless = Set.of(RESET, OTHER, TIMEOUT);
        return List.of(
                whole(
                        "interim replies",
                        "HTTP/1.1 100 x\r\n\r\nHTTP/1.1 103 x\r\nX-For: stale\r\n\r\n" + HELLO,
                        Ending.KEEP),
                whole("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", Ending.KEEP),
                whole("a header without a colon", OK + "nonsense\r\n" + length, Ending.KEEP),
                whole("a header without a name", OK + ": nonsense\r\n" + length, Ending.KEEP),
                whole("a header of many lines", OK + "X: a\r\n b\r\n" + length, Ending.KEEP),
                whole("NUL in a header", OK + "X: \0\r\n" + length, Ending.KEEP),
                whole("bytes above ASCII in a header", OK + "X: \u00ff\u00fe\r\n" + length, Ending.KEEP),
                cut("a space after a header's name", OK + "Content-Length : 5\r\n\r\nhello", Ending.KEEP, ""),
                none("interim replies without end", "HTTP/1.1 103 x\r\n\r\n", Ending.AGAIN, endless),
                none("a head without end", OK + "X: y\r\n", Ending.AGAIN, endless),
                none("a header without end", OK + "X: " + "y".repeat(4_096), Ending.AGAIN, endless),
                none("a head of 300 kB", OK + "X: " + "y".repeat(300_000) + "\r\n\r\n", Ending.KEEP, Set.of(OTHER)),
                none("a head that stops", OK + "X: y\r\n", Ending.KEEP, Set.of(TIMEOUT)),
                none("HTTP/0.9", "hello\r\n", Ending.CLOSE, NO_REPLY),
                none("another protocol", "SSH-2.0-x\r\n", Ending.KEEP, NO_REPLY),
                none("a status that is no number", "HTTP/1.1 abc x\r\n\r\n", Ending.KEEP, NO_REPLY),
                none("no status", "HTTP/1.1\r\n\r\n", Ending.KEEP, NO_REPLY),
                none("an end instead of a reply", "", Ending.CLOSE, Set.of(RESET)),
                none("a reset instead of a reply", "", Ending.RESET, Set.of(RESET)),
                none("an end within the status", "HTTP/1.1 20", Ending.CLOSE, NO_REPLY),
                none("an end within the head", OK + "X: y\r\n", Ending.CLOSE, NO_REPLY),
                none("silence", "", Ending.KEEP, Set.of(TIMEOUT)));
    }

    /** Whether only time ends it. */
    boolean isSilent() {
        return kinds.equals(Set.of(TIMEOUT)) || name.endsWith("silence");
    }
}
