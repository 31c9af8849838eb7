package dev.matrix.webhooks.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HexFormat;

/** The inputs that the acceptance cases share, and RFC 8032, section 7.1, test 1. */
public final class Vectors {

    public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    public static final Instant AT = Instant.ofEpochSecond(1614265330);
    public static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);

    static final byte[] SEED =
            HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    static final byte[] PUBLIC =
            HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    static final byte[] SIGNATURE_OF_NOTHING = HexFormat.of()
            .parseHex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                    + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");

    public static final String KEY_PAIR = KeyFormat.KEY_PAIR.encode(joined(SEED, PUBLIC));
    static final String PUBLIC_KEY = KeyFormat.PUBLIC_KEY.encode(PUBLIC);

    private Vectors() {}

    static byte[] joined(byte[] seed, byte[] publicKey) {
        byte[] both = new byte[seed.length + publicKey.length];
        System.arraycopy(seed, 0, both, 0, seed.length);
        System.arraycopy(publicKey, 0, both, seed.length, publicKey.length);
        return both;
    }
}
