package dev.matrix.okhttp;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
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
     * name one that does (W29). The transport then judges no address.
     */
    public Egress throughPolicyEnforcingProxy(InetSocketAddress address) {
        return new Egress(trust, address);
    }

    /** Trusting these certificates in place of the JVM's, such as those of a company's own authority. */
    public Egress trusting(X509TrustManager manager) {
        return new Egress(manager, proxy);
    }

    OkHttpClient.Builder applyTo(OkHttpClient.Builder client) {
        if (trust != null) {
            client.sslSocketFactory(contextOf(trust).getSocketFactory(), trust);
        }
        return client.proxy(proxy == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy));
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
