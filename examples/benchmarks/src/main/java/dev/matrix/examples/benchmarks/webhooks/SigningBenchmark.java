package dev.matrix.examples.benchmarks.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import dev.matrix.webhooks.signing.SignatureScheme;
import dev.matrix.webhooks.signing.Signatures;
import dev.matrix.webhooks.signing.SigningKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One attempt's body of 1 kB signed with STANDARD_V1, as a target does it, all three headers included; by the Java library of
 * those who wrote Standard Webhooks, which gives the signature alone; and by the JDK's Mac alone, keyed once, from bytes that
 * are there already: what neither can be faster than.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SigningBenchmark {

    private static final String ID = "evt_01jf8zr3k2q4w6";
    private static final Instant AT = Instant.parse("2026-01-01T00:00:05Z");
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

    /** ASCII, of which the peer's text becomes bytes at the least cost. */
    private static final String START = "{\"id\":\"" + ID + "\",\"data\":\"";

    private static final String TEXT = START + "x".repeat(1_000 - START.length() - 2) + "\"}";

    private final Signatures signatures =
            new Signatures(List.of(SignatureScheme.STANDARD_V1), List.of(SigningKey.parse(SECRET)), Signatures.STRIPE);
    private final byte[] body = TEXT.getBytes(UTF_8);
    private final byte[] prefix = (ID + "." + AT.getEpochSecond() + ".").getBytes(UTF_8);
    private final Webhook oracle = oracle();
    private final Mac mac = mac();

    private static Webhook oracle() {
        try {
            return new Webhook(SECRET);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
            return mac;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sees that all three agree. */
    @Setup
    public void agree() throws Exception {
        String ours = String.valueOf(matrix().get("webhook-signature"));
        if (!ours.equals(standardWebhooks()) || !ours.equals(bareMac())) {
            throw new IllegalStateException(
                    "Matrix signs " + ours + ", the peer " + standardWebhooks() + ", the JDK " + bareMac());
        }
    }

    @Benchmark
    public Map<String, String> matrix() {
        return signatures.headers(ID, AT, body);
    }

    @Benchmark
    public String standardWebhooks() throws Exception {
        return oracle.sign(ID, AT.getEpochSecond(), TEXT);
    }

    @Benchmark
    public String bareMac() {
        mac.update(prefix);
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    }
}
