package dev.matrix.refunds.spi;

import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import dev.matrix.testkit.ScriptedTransport;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A fake of a provider's HTTP API, for a {@link RefundProviderContract}: it takes requests one at a time and cuts connections as
 * the contract says. What the API itself answers is the subclass's. Thread-safe.
 */
public abstract class HttpStand implements ProviderStand {

    private final InstantSource clock;
    private @Nullable ProviderContext context;
    private final Map<String, Money> captures = new LinkedHashMap<>();
    private final List<Execution> executions = new ArrayList<>();
    private final Deque<Behaviour> script = new ArrayDeque<>();
    private final List<HttpCall> calls = new ArrayList<>();
    private boolean up = true;

    protected HttpStand(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether a request is one that moves money. */
    protected abstract boolean movesMoney(HttpCall call);

    /** Answers a request that moves no money. */
    protected abstract HttpReply read(HttpCall call);

    /** Executes a request, once per key, and answers as told: accepted, pending, or with a status that nobody knows. */
    protected abstract HttpReply execute(HttpCall call, Behaviour how);

    /** Answers a request without executing it: declined, limited, with expired credentials, or with an error of its own. */
    protected abstract HttpReply refuse(HttpCall call, Behaviour how);

    /** The id of the capture that is the {@code n}th, from 0. */
    protected abstract String captureRef(int n);

    /** Money has moved. */
    protected final void moved(String ownReference, String captureRef, Money amount) {
        executions.add(new Execution(ownReference, captureRef, amount));
    }

    /** The amount of a capture; null where there is none. */
    protected final @Nullable Money captured(String ref) {
        return captures.get(ref);
    }

    protected final InstantSource clock() {
        return clock;
    }

    private HttpTransport transport() {
        return ScriptedTransport.answering(this::answer);
    }

    private synchronized HttpReply answer(HttpCall call) {
        calls.add(call);
        if (!up) {
            throw new TransportException(Kind.CONNECT, false, "The stand is down.", null);
        }
        if (!movesMoney(call)) {
            return read(call);
        }
        Behaviour behaviour = script.isEmpty() ? Behaviour.ACCEPT : script.remove();
        return switch (behaviour) {
            case REFUSE_CONNECTION -> throw new TransportException(Kind.CONNECT, false, "Refused.", null);
            case DROP_BEFORE_EXECUTION -> throw new TransportException(Kind.RESET, true, "Reset.", null);
            case DROP_AFTER_EXECUTION -> {
                execute(call, Behaviour.ACCEPT);
                throw new TransportException(Kind.RESET, true, "Reset.", null);
            }
            case ERROR_AFTER_EXECUTION -> {
                execute(call, Behaviour.ACCEPT);
                yield refuse(call, Behaviour.ERROR_BEFORE_EXECUTION);
            }
            case GARBLED_REPLY -> {
                execute(call, Behaviour.ACCEPT);
                yield reply(200, "<html>It works!</html>");
            }
            case ERROR_BEFORE_EXECUTION, RATE_LIMIT, EXPIRED_CREDENTIALS, DECLINE -> refuse(call, behaviour);
            case ACCEPT, ACCEPT_PENDING, UNKNOWN_STATUS -> execute(call, behaviour);
        };
    }

    protected static HttpReply reply(int status, String body) {
        return ScriptedTransport.reply(status, Map.of("Content-Type", List.of("application/json")), body);
    }

    /** The only value of a header of a request; empty where there is none. */
    protected static String header(HttpCall call, String name) {
        return String.join(",", call.headers().getOrDefault(name, List.of()));
    }

    /** The fields of a form, or of a query. */
    protected static Map<String, String> form(@Nullable String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : (text == null ? "" : text).split("&", -1)) {
            String[] pair = field.split("=", 2);
            fields.put(
                    URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                    pair.length == 2 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : "");
        }
        return fields;
    }

    @Override
    public final synchronized ProviderContext context() {
        ProviderContext made = context;
        if (made == null) {
            made = ProviderContext.of(transport(), clock, new Random(1));
            context = made;
        }
        return made;
    }

    @Override
    public final synchronized String capture(Money amount) {
        String ref = captureRef(captures.size());
        captures.put(ref, amount);
        return ref;
    }

    @Override
    public synchronized void next(Behaviour behaviour) {
        script.add(behaviour);
    }

    @Override
    public final synchronized void reachable(boolean reachable) {
        up = reachable;
    }

    @Override
    public final synchronized List<Execution> executions() {
        return List.copyOf(executions);
    }

    /** Every request that arrived. */
    public final synchronized List<HttpCall> calls() {
        return List.copyOf(calls);
    }
}
