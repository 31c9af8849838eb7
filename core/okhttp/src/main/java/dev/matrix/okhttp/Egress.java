package dev.matrix.okhttp;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * How calls leave this machine. Immutable. No proxy of the JVM or the environment is ever used; one has to be named here.
 *
 * @param trust which certificates a TLS peer may show; null for those that the JVM trusts
 * @param proxy an HTTP proxy; null to connect directly
 */
public record Egress(
        @Nullable X509TrustManager trust, @Nullable InetSocketAddress proxy) {

    /** Directly, trusting what the JVM trusts. */
    public static Egress direct() {
        return new Egress(null, null);
    }

    /**
     * Through an HTTP proxy, which itself resolves names and connects. So only the proxy can keep calls from private addresses:
     * name one that does. The transport then judges no address.
     */
    public Egress throughPolicyEnforcingProxy(InetSocketAddress address) {
        return new Egress(trust, address);
    }

    /** Trusting these certificates in place of the JVM's, such as those of a company's own authority. */
    public Egress trusting(X509TrustManager manager) {
        return new Egress(manager, proxy);
    }

    OkHttpClient.Builder applyTo(OkHttpClient.Builder client) {
        X509TrustManager trusted = trust == null ? trustOfTheJvm() : trust;
        return client.sslSocketFactory(new TlsSockets(contextOf(trusted).getSocketFactory()), trusted)
                .proxy(proxy == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy));
    }

    private static X509TrustManager trustOfTheJvm() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("This JVM trusts no certificates by X.509."));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("This JVM can't read the certificates that it trusts.", broken);
        }
    }

    private static SSLContext contextOf(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("This JVM can't make a TLS context.", broken);
        }
    }
}
