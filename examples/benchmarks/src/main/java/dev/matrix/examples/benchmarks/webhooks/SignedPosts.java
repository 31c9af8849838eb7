package dev.matrix.examples.benchmarks.webhooks;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/** The peers' requests by bare OkHttp: the body, and for a job the headers of a Standard Webhook. */
final class SignedPosts {

    private static final String ALGORITHM = "HmacSHA256";
    private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], ALGORITHM);
    private static final int KEPT = 1_024;

    private SignedPosts() {}

    /** @param executor which threads asynchronous calls run on */
    static OkHttpClient client(ExecutorService executor, int inFlight) {
        Dispatcher dispatcher = new Dispatcher(executor);
        dispatcher.setMaxRequests(inFlight);
        dispatcher.setMaxRequestsPerHost(inFlight);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(KEPT, 5, TimeUnit.MINUTES))
                .build();
    }

    static Request.Builder post(URI uri, byte[] body) {
        return new Request.Builder()
                .url(uri.toString())
                .header("Content-Type", "application/json")
                .post(RequestBody.create(body, null));
    }

    static Request signed(URI uri, String id, byte[] body, InstantSource clock) {
        long time = clock.instant().getEpochSecond();
        return post(uri, body)
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(time))
                .header("webhook-signature", "v1," + sign(id + "." + time + ".", body))
                .build();
    }

    private static String sign(String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(KEY);
            mac.update(Receiver.ascii(prefix));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
