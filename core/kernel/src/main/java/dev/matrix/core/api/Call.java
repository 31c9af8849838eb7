package dev.matrix.core.api;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiHeaders.Line;
import dev.matrix.core.api.ApiProblem.FieldError;
import dev.matrix.core.api.OperationSchema.In;
import dev.matrix.core.spi.Tx;
import dev.matrix.core.wire.ApiVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The context of one call: what its handler reads, and what it says about the reply. */
final class Call implements ApiContext {

    private final @Nullable ApiPrincipal principal;
    private final Map<String, In> places;
    private final Instant now;
    private final ApiVersion version;
    private final String requestId;
    private final @Nullable String key;
    private final @Nullable String ifMatch;
    private final byte[] rawBody;
    private final ApiHeaders headers;
    private final String clientAddress;
    private final List<Line> lines = new ArrayList<>(2);
    private @Nullable Tx tx;
    private int status;
    private boolean replayed;

    Call(Admitted admitted, Map<String, In> places, @Nullable String key, byte[] rawBody) {
        this.principal = admitted.principal();
        this.places = places;
        this.now = admitted.now();
        this.version = admitted.version();
        this.requestId = admitted.requestId();
        this.key = key;
        this.ifMatch = etag(admitted.request().headers().first("If-Match"));
        this.rawBody = rawBody;
        this.headers = admitted.operation().operation().takesRawBody()
                ? admitted.request().headers()
                : ApiHeaders.empty();
        this.clientAddress = admitted.clientAddress();
    }

    private static @Nullable String etag(@Nullable String header) {
        if (header == null || header.trim().equals("*")) {
            return null;
        }
        String text = header.trim();
        boolean strong = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return strong ? text.substring(1, text.length() - 1) : text;
    }

    @Override
    public ApiPrincipal principal() {
        if (principal == null) {
            throw new IllegalStateException("An anonymous operation has no principal.");
        }
        return principal;
    }

    @Override
    public Owner owner(@Nullable Owner named) {
        return ownerFilter(named)
                .orElseThrow(() -> Problems.invalid(List.of(missing("ownerType"), missing("ownerId"))));
    }

    private FieldError missing(String member) {
        In in = places.getOrDefault(member, In.BODY);
        return new FieldError(
                in.text(), in == In.BODY ? "/" + member : member, "required", "An operator names the owner.");
    }

    @Override
    public Owner owner(@Nullable String type, @Nullable String id) {
        if (type == null && id == null) {
            return owner(null);
        }
        Optional<Owner.Type> kind = Arrays.stream(Owner.Type.values())
                .filter(each -> each.name().equalsIgnoreCase(type))
                .findFirst();
        if (kind.isEmpty() || id == null) {
            String wrong = kind.isEmpty() ? "ownerType" : "ownerId";
            In in = places.getOrDefault(wrong, In.BODY);
            throw Problems.invalid(List.of(new FieldError(
                    in.text(),
                    in == In.BODY ? "/" + wrong : wrong,
                    type == null || id == null ? "required" : "enum",
                    "ownerType (user or partner) and ownerId stand together.")));
        }
        return owner(new Owner(kind.get(), id));
    }

    @Override
    public Optional<Owner> ownerFilter(@Nullable Owner named) {
        ApiPrincipal caller = principal();
        if (named == null) {
            return caller.operator() ? Optional.empty() : Optional.of(caller.owner());
        }
        if (!caller.mayActFor(named)) {
            throw Problems.notFound();
        }
        return Optional.of(named);
    }

    @Override
    public void requireVersion(String current) {
        if (ifMatch != null && !ifMatch.equals(current)) {
            throw ApiProblem.of(
                    412, "precondition_failed", "The stored version isn't the one of If-Match; read it again.");
        }
    }

    @Override
    public Tx tx() {
        if (tx == null) {
            throw new IllegalStateException(
                    "GET and KeyMode.UNUSED have no transaction of the dispatcher's; open one where it is needed.");
        }
        return tx;
    }

    @Override
    public Optional<Tx> openTx() {
        return Optional.ofNullable(tx);
    }

    void within(Tx open) {
        this.tx = open;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(key);
    }

    @Override
    public Optional<String> ifMatch() {
        return Optional.ofNullable(ifMatch);
    }

    @Override
    public ApiVersion version() {
        return version;
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public byte[] rawBody() {
        return rawBody.clone();
    }

    @Override
    public ApiHeaders headers() {
        return headers;
    }

    @Override
    public String clientAddress() {
        return clientAddress;
    }

    @Override
    public void status(int replaced) {
        if (replaced < 200 || replaced > 299) {
            throw new IllegalArgumentException("A reply has a status of 200 to 299; throw an ApiProblem for others.");
        }
        this.status = replaced;
    }

    @Override
    public void header(String name, String value) {
        lines.add(new Line(name, value));
    }

    @Override
    public void replayed() {
        this.replayed = true;
    }

    int statusOr(int preset) {
        return status == 0 ? preset : status;
    }

    List<Line> lines() {
        return lines;
    }

    boolean isReplayed() {
        return replayed;
    }
}
