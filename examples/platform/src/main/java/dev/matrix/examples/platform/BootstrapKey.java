package dev.matrix.examples.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.Owner;
import dev.matrix.core.api.Access;
import dev.matrix.core.api.ApiAuthenticator;
import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.ApiCredentials;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.api.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The operator's key, known by its SHA-256 alone: with it come all the scopes that the mounted operations ask for, of
 * which it learns as the API's module {@code bootstrap}. All other keys are the security feature's, the first issued with this one.
 */
final class BootstrapKey implements ApiAuthenticator, ApiModule {

    private static final String FILE = "bootstrap-key.sha256";
    private static final String PREFIX = "mk_boot_";
    private static final int RANDOM_BYTES = 32;

    private final byte[] sha256;
    private final @Nullable String madeNow;
    private volatile ApiPrincipal principal = principal(Set.of());

    private BootstrapKey(byte[] sha256, @Nullable String madeNow) {
        this.sha256 = sha256;
        this.madeNow = madeNow;
    }

    /** The key of the settings; else the one whose hash is in the folder; else a new one, whose hash is kept there. */
    static BootstrapKey of(Settings settings, RandomGenerator random) throws IOException {
        if (settings.bootstrapKey() != null) {
            return new BootstrapKey(sha256(settings.bootstrapKey()), null);
        }
        Path file = settings.data().resolve(FILE);
        if (Files.exists(file)) {
            return new BootstrapKey(
                    HexFormat.of().parseHex(Files.readString(file).strip()), null);
        }
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        byte[] hash = sha256(key);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(hash) + "\n", StandardOpenOption.WRITE);
        return new BootstrapKey(hash, key);
    }

    /** The key itself, if it was made just now: show it, as nobody can tell it again. */
    @Nullable
    String madeNow() {
        return madeNow;
    }

    @Override
    public Authentication authenticate(ApiCredentials credentials) {
        String bearer = credentials.bearer();
        if (bearer == null) {
            return new Authentication.Refused("no bearer token");
        }
        return MessageDigest.isEqual(sha256, sha256(bearer))
                ? new Authentication.Authenticated(principal)
                : new Authentication.NotMine();
    }

    @Override
    public String name() {
        return "bootstrap";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return List.of();
    }

    @Override
    public void mounted(ApiCatalog catalog) {
        Set<String> scopes = new TreeSet<>();
        for (Operation<?, ?> operation : catalog.operations()) {
            operation.access().ifPresent(access -> {
                if (access instanceof Access.Scope scope) {
                    scopes.add(scope.name());
                }
            });
        }
        principal = principal(scopes);
    }

    private static ApiPrincipal principal(Set<String> scopes) {
        Set<String> all = new TreeSet<>(scopes);
        all.add(ApiPrincipal.OPERATE);
        return new ApiPrincipal("bootstrap", Owner.platform(), all, null);
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
