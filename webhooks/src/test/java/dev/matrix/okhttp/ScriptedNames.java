package dev.matrix.okhttp;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The one name that anybody asks for, and what it resolves to at the moment. */
public final class ScriptedNames {

    private final AtomicReference<List<InetAddress>> addresses = new AtomicReference<>(List.of());

    /** From now on it resolves to these. */
    public void resolveTo(InetAddress... answers) {
        addresses.set(List.of(answers));
    }

    /** A transport that asks here. */
    public OkHttpTransport transport() {
        return new OkHttpTransport(Egress.direct(), host -> addresses.get());
    }
}
