package dev.matrix.core.api;

import dev.matrix.core.StorageException;
import dev.matrix.core.api.ApiHeaders.Line;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.spi.ClientNetwork;
import dev.matrix.core.wire.ApiVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One exchange, stage by stage; the first that fails answers, and nothing behind it has begun. It decides who may run what, hands
 * {@link OperationRun} an {@link Admitted} request, and sends the {@link Answer}.
 */
final class Exchange {

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Set<String> KNOWN_METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Wiring wiring;
    private final ApiRequest request;
    private final RequestBody requestBody;
    private final InHand.Place place;
    private final String requestId;
    private final Instant now;
    private final ReplyHeaders reply;
    private String clientAddress = "";
    private @Nullable Endpoint endpoint;
    private @Nullable CompiledOperation<?, ?> operation;
    private @Nullable ApiPrincipal principal;
    private @Nullable ApiVersion version;
    private @Nullable String problemCode;
    private boolean replayed;
    private boolean deprecated;

    Exchange(Wiring wiring, ApiRequest request, InHand.Place place) {
        this.wiring = wiring;
        this.place = place;
        this.request = request;
        this.requestBody = new RequestBody(request.body());
        String own = request.headers().first("Request-Id");
        this.requestId = own != null && REQUEST_ID.matcher(own).matches()
                ? own
                : wiring.matrix().ids().next("req");
        this.now = wiring.matrix().storeClock().instant();
        this.reply = new ReplyHeaders(requestId);
    }

    /** @param busy why this request isn't admitted; null: it is */
    ApiResponse answer(@Nullable ApiProblem busy) {
        try {
            return stages(busy);
        } catch (RuntimeException | Error e) {
            return refuse(Problems.of(e, requestId));
        }
    }

    private ApiResponse stages(@Nullable ApiProblem busy) {
        if (busy != null) {
            throw busy;
        }
        clientAddress = wiring.clientAddress().apply(request);
        Router.Match<Endpoint> match = route();
        CompiledOperation<?, ?> found = match.target().operation(request.method());
        if (found == null) {
            return withoutOperation(match.target());
        }
        operation = found;
        authenticate(found);
        takeShare();
        wiring.rates().called(found.rate(), principal, clientAddress, now, reply.lines());
        authorize(found);
        ApiVersion spoken = settledVersion(found);
        Admitted admitted = new Admitted(
                request, requestBody, requestId, now, clientAddress, principal, spoken, found, match.values());
        return send(new OperationRun(wiring, admitted).run());
    }

    /** Where the request goes; what goes nowhere is counted by its address, or asking for it would cost nothing. */
    private Router.Match<Endpoint> route() {
        try {
            checkSizes();
            Router.Match<Endpoint> match = wiring.router().find(Target.segments(request.rawPath()));
            if (match == null) {
                throw Problems.notFound();
            }
            endpoint = match.target();
            if (!KNOWN_METHODS.contains(request.method())) {
                throw ApiProblem.of(501, "not_implemented", "There is no such method.");
            }
            return match;
        } catch (ApiProblem nowhere) {
            countByAddress();
            throw nowhere;
        }
    }

    private void countByAddress() {
        takeShare();
        wiring.rates().other(clientAddress, now, reply.lines());
    }

    /** From here on the request counts as its account's, or, without one, as its network's. */
    private void takeShare() {
        ApiPrincipal caller = principal;
        if (caller != null && caller.operator()) {
            return;
        }
        String whose = caller == null
                ? ClientNetwork.of(clientAddress)
                : caller.owner().toString();
        if (!place.take(whose)) {
            throw ApiProblem.of(
                    503, "overloaded", "Too many requests of yours, or of all callers, are in progress; try again.");
        }
    }

    private void checkSizes() {
        ApiLimits limits = wiring.limits();
        String query = request.rawQuery();
        if (request.rawPath().length() + (query == null ? 0 : query.length() + 1) > limits.targetBytes()) {
            throw ApiProblem.of(414, "uri_too_long", "The target has at most " + limits.targetBytes() + " bytes.");
        }
        List<Line> lines = request.headers().lines();
        long bytes = 0;
        for (int i = 0; i < lines.size(); i++) {
            bytes += lines.get(i).name().length() + lines.get(i).value().length();
        }
        if (bytes > limits.headerBytes() || lines.size() > limits.headerLines()) {
            throw ApiProblem.of(
                    431,
                    "headers_too_large",
                    "The headers have at most " + limits.headerBytes() + " bytes in " + limits.headerLines()
                            + " lines.");
        }
    }

    /** A preflight, a static file, or a method that the path doesn't have. */
    private ApiResponse withoutOperation(Endpoint at) {
        countByAddress();
        String method = request.method();
        ServedFile file = at.file();
        if (method.equals("OPTIONS")) {
            reply.add("Allow", at.allowed());
            wiring.cors().addPreflight(reply.lines(), request.headers(), at.allowed());
            return send(204, ApiBody.empty());
        }
        if (file != null && (method.equals("GET") || method.equals("HEAD"))) {
            return serve(file, method);
        }
        reply.add("Allow", at.allowed());
        throw ApiProblem.of(405, "method_not_allowed", "Allowed here: " + at.allowed() + ".");
    }

    private ApiResponse serve(ServedFile file, String method) {
        List<Line> lines = new ArrayList<>(file.headers().lines());
        lines.add(new Line("Request-Id", requestId));
        wiring.cors().addTo(lines, request.headers());
        if (ReplyHeaders.matches(request.headers().first("If-None-Match"), file.etag())) {
            lines.removeIf(line -> line.name().equals("Content-Type"));
            return new ApiResponse(304, ApiHeaders.of(lines), ApiBody.empty());
        }
        ApiBody body = ApiBody.of(file.resource().content());
        if (method.equals("HEAD")) {
            lines.add(new Line("Content-Length", Long.toString(body.length())));
            return new ApiResponse(200, ApiHeaders.of(lines), ApiBody.empty());
        }
        return new ApiResponse(200, ApiHeaders.of(lines), body);
    }

    private void authenticate(CompiledOperation<?, ?> found) {
        ApiAuthenticator authenticator = wiring.authenticator();
        if (found.operation().access().orElse(null) instanceof Access.Anonymous || authenticator == null) {
            return;
        }
        String credential = bearer();
        wiring.rates().mayTry(credential, clientAddress, now, reply.lines());
        Authentication answer =
                authenticator.authenticate(new ApiCredentials(credential, request.headers(), clientAddress));
        if (answer instanceof Authentication.Authenticated known) {
            principal = known.principal();
            wiring.rates().succeeded(credential, clientAddress);
        } else if (answer instanceof Authentication.Unavailable unavailable) {
            throw new StorageException("Credentials can't be checked now.", unavailable.cause());
        } else {
            wiring.rates().failed(clientAddress, now, reply.lines());
            throw Problems.unauthenticated();
        }
    }

    private @Nullable String bearer() {
        String line = request.headers().only("Authorization");
        return line != null && line.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())
                ? line.substring("Bearer ".length()).trim()
                : null;
    }

    private void authorize(CompiledOperation<?, ?> found) {
        Access access = found.operation().access().orElse(null);
        if (access instanceof Access.Anonymous) {
            return;
        }
        ApiPrincipal caller = principal;
        if (caller == null) {
            throw Problems.unauthenticated();
        }
        if (access instanceof Access.Scope scope && !caller.scopes().contains(scope.name())) {
            throw ApiProblem.of(403, "insufficient_scope", "This needs the scope " + scope.name() + ".");
        }
        if (found.operation().callers() == Access.Callers.OPERATORS && !caller.operator()) {
            throw Problems.operatorsOnly(
                    "Only an operator may call this: it acts for the platform, not for one owner.");
        }
        if (wiring.guard().check(caller, found.operation(), clientAddress, now)
                instanceof GuardVerdict.Refuse refusal) {
            throw ApiProblem.of(403, refusal.code(), Problems.titleOf(refusal.code(), List.of()) + ".");
        }
    }

    private ApiVersion settledVersion(CompiledOperation<?, ?> found) {
        ApiVersion settled = wiring.versions().of(request.headers().first(Versions.HEADER), principal, now);
        version = settled;
        reply.add(Versions.HEADER, settled.toString());
        Deprecation ofVersion = wiring.versions().deprecation(settled);
        Deprecation ofOperation = found.operation().deprecation().orElse(null);
        Deprecation end = ofOperation != null ? ofOperation : ofVersion;
        if (end != null) {
            deprecated = true;
            reply.deprecated(end);
        }
        ApiVersion removed = found.removed();
        if ((removed != null && settled.compareTo(removed) >= 0)
                || (ofOperation != null && Versions.isOver(ofOperation, now))) {
            throw ApiProblem.of(410, "operation_retired", "This operation is no longer served.");
        }
        return settled;
    }

    private ApiResponse refuse(ApiProblem problem) {
        problemCode = problem.code();
        CompiledOperation<?, ?> found = operation;
        List<ProblemCode> own = found == null ? List.of() : found.operation().errors();
        JsonObject body = Problems.body(problem, Problems.titleOf(problem.code(), own), requestId, wiring.codec());
        boolean repeatable = found == null || !found.writes() || found.transactional();
        reply.problem(problem, repeatable);
        return send(problem.status(), ApiBody.of(wiring.codec().write(body)));
    }

    private ApiResponse send(Answer answer) {
        reply.lines().addAll(answer.lines());
        if (answer.replayed()) {
            replayed = true;
            reply.add("Idempotent-Replayed", "true");
        }
        return send(answer.status(), answer.body());
    }

    private ApiResponse send(int status, ApiBody body) {
        wiring.cors().addTo(reply.lines(), request.headers());
        if (!request.method().equals("HEAD")) {
            return new ApiResponse(status, reply.build(), body);
        }
        // Adapters see the empty body alone, so GET's length is said here.
        if (body.length() >= 0 && status != 304) {
            reply.add("Content-Length", Long.toString(body.length()));
        }
        return new ApiResponse(status, reply.build(), ApiBody.empty());
    }

    ApiExchange told(ApiResponse response, long nanos) {
        CompiledOperation<?, ?> found = operation;
        Endpoint at = endpoint;
        ApiPrincipal caller = principal;
        return new ApiExchange(
                found == null ? null : found.operation().id(),
                KNOWN_METHODS.contains(request.method()) ? request.method() : "OTHER",
                at == null ? null : at.route(),
                response.status(),
                problemCode,
                nanos,
                requestBody.length(),
                response.body().length(),
                requestId,
                caller == null ? null : caller.id(),
                caller == null ? null : caller.owner(),
                version,
                replayed,
                deprecated);
    }
}
