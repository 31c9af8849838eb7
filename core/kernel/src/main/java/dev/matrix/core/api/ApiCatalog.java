package dev.matrix.core.api;

import dev.matrix.core.event.EventType;
import dev.matrix.core.json.Json;
import dev.matrix.core.wire.ApiVersion;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that the dispatcher serves, as documentation, SDKs and contracts read it: what runs is what it says. Immutable. */
public interface ApiCatalog {

    /** All operations, module by module; {@link Operation#isHidden() hidden} ones too. */
    List<Operation<?, ?>> operations();

    /** Every version, newest first; the last is {@link ApiVersion#FIRST}. */
    List<ApiVersion> versions();

    /** The newest version. */
    default ApiVersion newest() {
        return versions().get(0);
    }

    /** The announced end of a version; empty: none is. */
    Optional<Deprecation> deprecation(ApiVersion version);

    /** Every change, newest first. */
    List<VersionChange> changes();

    /** Every code of problems: core's, then the operations' own. */
    List<ProblemCode> codes();

    /** The event types that webhooks and the event log carry. */
    List<EventType> events();

    /** The rates by name. */
    Map<String, RatePolicy> rates();

    /** Where callers find the API; empty: where they found this document. */
    Optional<URI> baseUrl();

    /** The named schemas of a version, in name order: what {@link Schema.Reference} and {@link Schema.Union} name. */
    Map<String, Schema> types(ApiVersion version);

    /**
     * An operation on the wire.
     *
     * @throws dev.matrix.core.NotFoundException if that version lacks it
     */
    OperationSchema schema(Operation<?, ?> operation, ApiVersion version);

    /** Whether a version has the operation. */
    boolean has(Operation<?, ?> operation, ApiVersion version);

    /** The data of an event type; the schemas that it refers to are in {@link #types} of each version. */
    Schema eventData(EventType type);

    /** The data of an event type's example, on the wire; empty if it has none. */
    Optional<Json> eventExample(EventType type);

    /** An operation's examples on the wire, in their order. */
    List<ApiExample> examples(Operation<?, ?> operation, ApiVersion version);
}
