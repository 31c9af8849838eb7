package dev.matrix.core.api;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which credentials were right lately, and from where: the {@value #MOST} used last, each as a hash. Thread-safe. It only
 * spares their holders a limit on guessing; whether they are right still is asked of the authenticator each time.
 */
final class KnownCredentials {

    private static final int MOST = 10_000;

    private final Map<String, Boolean> used = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    synchronized boolean holds(String credential, String network) {
        return used.get(key(credential, network)) != null;
    }

    synchronized void add(String credential, String network) {
        used.put(key(credential, network), true);
    }

    /** The network is no part of the caller's text, so no credential can be written that is another's with its network. */
    private static String key(String credential, String network) {
        return Hashes.sha256((network + '\n' + credential).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
