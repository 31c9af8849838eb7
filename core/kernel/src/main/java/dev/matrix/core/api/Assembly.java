package dev.matrix.core.api;

import dev.matrix.core.Matrix;
import dev.matrix.core.event.EventType;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.ApiPinStore;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a dispatcher together from what its builder holds. */
final class Assembly {

    private static final Logger LOG = LoggerFactory.getLogger(ApiDispatcher.class);

    private Assembly() {}

    static ApiDispatcher of(ApiDispatcherBuilder b) {
        Matrix matrix = b.matrix;
        JsonCodec codec = matrix.json().withNulls();
        List<EventType> events = matrix.events().types().all();
        CoreApi core = new CoreApi(matrix.events(), matrix.json(), matrix.payloadLimit(), b.rates);
        List<ApiModule> modules = new ArrayList<>(b.modules);
        modules.add(core);
        ApiCompiler api = new ApiCompiler(modules, events, matrix.json(), codec, b.rates);
        checkHost(b, api);
        api.faults().throwIfAny();
        Versions versions = new Versions(
                api.ladder(),
                b.deprecations,
                matrix.transactions(),
                matrix.stores().get(ApiPinStore.class));
        ApiCatalog catalog = new CompiledCatalog(api, matrix.json(), events, b.rates, b.baseUrl, b.deprecations);
        Wiring wiring = new Wiring(
                matrix,
                codec,
                api.router(),
                api.shelf(),
                versions,
                api.ladder().newest(),
                new Rates(b.limiter, b.limitOperators, b.rates),
                new Cors(b.origins),
                new Cursors(matrix.keys()),
                b.authenticator,
                b.guard,
                b.limits,
                b.baseUrl,
                b.clientAddress,
                b.checkReplies);
        core.bind(versions, catalog);
        b.modules.forEach(module -> module.mounted(catalog));
        if (!wiring.rates().limited()) {
            LOG.info("The API's rates aren't limited: .limiter(…) takes the limiter of matrix-bucket4j or another.");
        }
        return new StagedDispatcher(wiring, catalog, b.listeners);
    }

    private static void checkHost(ApiDispatcherBuilder b, ApiCompiler api) {
        b.deprecations.forEach((version, end) -> {
            if (!api.ladder().ascending().contains(version)) {
                api.faults().add("deprecated version " + version, "there is no such version");
            }
            if (end.sunset().isBefore(end.since())) {
                api.faults().add("deprecated version " + version, "its sunset lies before its deprecation");
            }
        });
        if (b.origins.contains("*")) {
            api.faults().add("cors", "origins are listed one by one, never *");
        }
        if (b.authenticator == null && !b.modules.isEmpty()) {
            api.faults().add("authenticator", "nobody could call: add .authenticator(…)");
        }
    }
}
