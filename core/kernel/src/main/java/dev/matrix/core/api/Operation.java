package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API, described once: routing, binding, checks, documentation, SDKs and metrics all read this value.
 * Immutable; made by {@link #get}, {@link #post} and the like, completed by a {@link Draft}.
 *
 * @param <Q> the request record: its components are the values of path, query, headers and body
 * @param <R> what the handler returns
 */
public final class Operation<Q extends Record, R> {

    private final Draft<Q, R> draft;
    private final Handler<Q, R> handler;

    private Operation(Draft<Q, R> draft, Handler<Q, R> handler) {
        this.draft = draft.copy();
        this.handler = handler;
    }

    /** Runs the operation. */
    @FunctionalInterface
    public interface Handler<Q extends Record, R> {

        /** The reply in the newest shape; null for {@link Reply#none} alone. May be called by many threads at once. */
        @Nullable
        R handle(Q request, ApiContext context);
    }

    /**
     * One example, for documentation and contract tests.
     *
     * @param name says what it shows, such as {@code partial refund}
     * @param reply null for {@link Reply#none} and media
     */
    public record Example<Q, R>(
            String name, Q request, @Nullable R reply) {}

    /**
     * A GET operation; safe, without a body and without a transaction of the dispatcher's.
     *
     * @param path such as {@code /v1/webhooks/{id}}; each variable is a component of the request record
     */
    public static <Q extends Record, R> Draft<Q, R> get(String path, Class<Q> request, Reply<R> reply) {
        return new Draft<>("GET", path, request, reply);
    }

    /** A POST operation; runs in a transaction, once for each idempotency key. */
    public static <Q extends Record, R> Draft<Q, R> post(String path, Class<Q> request, Reply<R> reply) {
        return new Draft<>("POST", path, request, reply);
    }

    /** A PUT operation; runs in a transaction. */
    public static <Q extends Record, R> Draft<Q, R> put(String path, Class<Q> request, Reply<R> reply) {
        return new Draft<>("PUT", path, request, reply);
    }

    /** A PATCH operation, a merge patch (RFC 7396); runs in a transaction, once for each idempotency key. */
    public static <Q extends Record, R> Draft<Q, R> patch(String path, Class<Q> request, Reply<R> reply) {
        return new Draft<>("PATCH", path, request, reply);
    }

    /** A DELETE operation, without a body; runs in a transaction. */
    public static <Q extends Record, R> Draft<Q, R> delete(String path, Class<Q> request, Reply<R> reply) {
        return new Draft<>("DELETE", path, request, reply);
    }

    /** Unique, lower camel case, a verb first: {@code createWebhook}. */
    public String id() {
        return draft.id;
    }

    /** {@code GET}, {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}. */
    public String method() {
        return draft.method;
    }

    /** The route template. */
    public String path() {
        return draft.path;
    }

    /** The group of the documentation and the namespace of SDKs, such as {@code webhooks}. */
    public String tag() {
        return draft.tag;
    }

    /** One sentence. */
    public String summary() {
        return draft.summary;
    }

    /** Who may call; empty only before {@code build()} has refused it. */
    public Optional<Access> access() {
        return Optional.ofNullable(draft.access);
    }

    /** Whether its callers act for their owners or must be operators; owners unless the operation says otherwise. */
    public Access.Callers callers() {
        return draft.callers == null ? Access.Callers.OWNERS : draft.callers;
    }

    /** Whether the operation says who its callers are, as each that writes must. */
    boolean statesCallers() {
        return draft.callers != null;
    }

    public Class<Q> request() {
        return draft.request;
    }

    public Reply<R> reply() {
        return draft.reply;
    }

    /** The status of success: as said, else 201 for a POST named create…, 204 without body, 200. */
    public int status() {
        return draft.successStatus();
    }

    public KeyMode key() {
        return draft.key;
    }

    /** The largest body in bytes; empty: the dispatcher's limit. */
    public OptionalInt maxBody() {
        return draft.maxBody == 0 ? OptionalInt.empty() : OptionalInt.of(draft.maxBody);
    }

    /** The name of the rate it counts against; {@code default}, or {@code anonymous} where access is. */
    public String rate() {
        return draft.rate != null ? draft.rate : draft.access instanceof Access.Anonymous ? "anonymous" : "default";
    }

    /** Whether the handler reads the body's bytes itself. */
    public boolean takesRawBody() {
        return draft.rawBody;
    }

    /** Whether replies carry an ETag. */
    public boolean hasEtag() {
        return draft.etag != null;
    }

    /** Whether a request without {@code If-Match} is refused. */
    public boolean requiresIfMatch() {
        return draft.requireIfMatch;
    }

    /** The operation's own problem codes. */
    public List<ProblemCode> errors() {
        return Collections.unmodifiableList(draft.errors);
    }

    public List<Example<Q, R>> examples() {
        return Collections.unmodifiableList(draft.examples);
    }

    /** Its announced end; empty: none is. */
    public Optional<Deprecation> deprecation() {
        return Optional.ofNullable(draft.deprecation);
    }

    /** Whether documentation and SDKs leave it out. */
    public boolean isHidden() {
        return draft.hidden;
    }

    @Nullable
    String etagOf(R reply) {
        return draft.etag == null ? null : draft.etag.apply(reply);
    }

    @Nullable
    R run(Q request, ApiContext context) {
        return handler.handle(request, context);
    }

    /** Method and route. */
    @Override
    public String toString() {
        return id() + " (" + method() + " " + path() + ")";
    }

    /** Describes an operation; {@link #handle} ends it. What is missing or wrong is listed by the dispatcher's {@code build()}. */
    public static final class Draft<Q extends Record, R> {

        private final String method;
        private final String path;
        private final Class<Q> request;
        private final Reply<R> reply;
        private String id = "";
        private String tag = "";
        private String summary = "";
        private @Nullable Access access;
        private Access.@Nullable Callers callers;
        private int status;
        private KeyMode key;
        private int maxBody;
        private @Nullable String rate;
        private boolean rawBody;
        private @Nullable Function<? super R, String> etag;
        private boolean requireIfMatch;
        private List<ProblemCode> errors = new ArrayList<>();
        private List<Example<Q, R>> examples = new ArrayList<>();
        private @Nullable Deprecation deprecation;
        private boolean hidden;

        private Draft(String method, String path, Class<Q> request, Reply<R> reply) {
            this.method = method;
            this.path = requireNonNull(path, "path");
            this.request = requireNonNull(request, "request");
            this.reply = requireNonNull(reply, "reply");
            this.key = method.equals("POST") || method.equals("PATCH") ? KeyMode.OPTIONAL : KeyMode.UNUSED;
        }

        private Draft<Q, R> copy() {
            Draft<Q, R> copy = new Draft<>(method, path, request, reply);
            copy.id = id;
            copy.tag = tag;
            copy.summary = summary;
            copy.access = access;
            copy.callers = callers;
            copy.status = status;
            copy.key = key;
            copy.maxBody = maxBody;
            copy.rate = rate;
            copy.rawBody = rawBody;
            copy.etag = etag;
            copy.requireIfMatch = requireIfMatch;
            copy.errors = List.copyOf(errors);
            copy.examples = List.copyOf(examples);
            copy.deprecation = deprecation;
            copy.hidden = hidden;
            return copy;
        }

        private int successStatus() {
            if (status != 0) {
                return status;
            }
            if (reply instanceof Reply.None) {
                return 204;
            }
            return method.equals("POST") && id.startsWith("create") ? 201 : 200;
        }

        /** Required: {@code [a-z][A-Za-z0-9]*}, unique. */
        public Draft<Q, R> id(String operationId) {
            this.id = requireNonNull(operationId, "operationId");
            return this;
        }

        /** Required: {@code [a-z][a-z0-9-]*}. */
        public Draft<Q, R> tag(String group) {
            this.tag = requireNonNull(group, "group");
            return this;
        }

        /** Required: one sentence. */
        public Draft<Q, R> summary(String sentence) {
            this.summary = requireNonNull(sentence, "sentence");
            return this;
        }

        /** Callers need exactly this scope, {@code area:verb}. This, {@link #anyKey} or {@link #anonymous} is required. */
        public Draft<Q, R> scope(String name) {
            this.access = new Access.Scope(requireNonNull(name, "name"));
            return this;
        }

        /**
         * Each caller acts for its own owner, whose data alone the handler may touch: it asks {@link ApiContext#owner} or
         * {@link ApiContext#ownerFilter}. Every operation that writes says this or {@link #byOperators}.
         */
        public Draft<Q, R> byOwners() {
            this.callers = Access.Callers.OWNERS;
            return this;
        }

        /**
         * Only operators may call; others get 403 {@code access_denied}, before the handler runs. For what decides for the
         * seller or the platform, states what only they can know, or shows more than one owner's data.
         */
        public Draft<Q, R> byOperators() {
            this.callers = Access.Callers.OPERATORS;
            return this;
        }

        /** Every authenticated caller may call. */
        public Draft<Q, R> anyKey() {
            this.access = new Access.AnyKey();
            return this;
        }

        /** Everybody may call, without credentials; says why. */
        public Draft<Q, R> anonymous(String why) {
            this.access = new Access.Anonymous(requireNonNull(why, "why"));
            return this;
        }

        /** The status of success, 200 to 299; see {@link Operation#status()} for the default. */
        public Draft<Q, R> status(int success) {
            this.status = success;
            return this;
        }

        /** What becomes of the idempotency key; OPTIONAL for POST and PATCH by default. */
        public Draft<Q, R> key(KeyMode mode) {
            this.key = requireNonNull(mode, "mode");
            return this;
        }

        /** The largest body in bytes; the dispatcher's limit by default. */
        public Draft<Q, R> maxBody(int bytes) {
            this.maxBody = bytes;
            return this;
        }

        /** The rate that it counts against, by name; {@code default} or {@code anonymous} by default. */
        public Draft<Q, R> rate(String policy) {
            this.rate = requireNonNull(policy, "policy");
            return this;
        }

        /** The handler reads the body's bytes itself, of any media type. */
        public Draft<Q, R> rawBody() {
            this.rawBody = true;
            return this;
        }

        /** Replies carry an ETag: this text of the row's version, without quotes. */
        public Draft<Q, R> etag(Function<? super R, String> version) {
            this.etag = requireNonNull(version, "version");
            return this;
        }

        /** A request without {@code If-Match} is refused with 428. */
        public Draft<Q, R> requireIfMatch() {
            this.requireIfMatch = true;
            return this;
        }

        /** A problem of its own that callers may have to handle. */
        public Draft<Q, R> error(String code, int problemStatus, String title) {
            errors.add(new ProblemCode(code, problemStatus, title));
            return this;
        }

        /** At least one is required; {@code build()} checks that it binds and fits the schemas. */
        public Draft<Q, R> example(String name, Q exampleRequest, @Nullable R exampleReply) {
            examples.add(new Example<>(name, exampleRequest, exampleReply));
            return this;
        }

        /** Announces the operation's end. */
        public Draft<Q, R> deprecated(LocalDate since, LocalDate sunset, URI link) {
            this.deprecation = new Deprecation(since, sunset, link);
            return this;
        }

        /** Documentation and SDKs leave it out. */
        public Draft<Q, R> hidden() {
            this.hidden = true;
            return this;
        }

        /** Ends the description. */
        public Operation<Q, R> handle(Handler<Q, R> handler) {
            return new Operation<>(this, requireNonNull(handler, "handler"));
        }
    }
}
