package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.ApiResource;
import dev.matrix.core.api.Operation;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.wire.ApiVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tools over the catalogue that they were mounted with; each file is made once. */
final class CatalogTools implements DeveloperTools {

    private record Edition(ApiVersion version, boolean webhooks) {}

    /** Writes trees, in which currencies are text already. */
    private final JsonCodec codec = JsonCodec.of(Currencies.standard());

    private final List<Operation<?, ?>> operations = new ToolOperations(this).all();
    private final Map<Edition, Served> documents = new ConcurrentHashMap<>();
    private final Map<String, Served> sources = new ConcurrentHashMap<>();
    private volatile @Nullable ApiCatalog catalog;

    @Override
    public String name() {
        return "devtools";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return operations;
    }

    @Override
    public List<ApiResource> resources() {
        return Playground.files();
    }

    @Override
    public void mounted(ApiCatalog whole) {
        catalog = whole;
    }

    @Override
    public byte[] openApi(ApiVersion version, boolean webhooks) {
        return document(version, webhooks).plain().clone();
    }

    @Override
    public Sdk sdk(SdkLanguage language) {
        Served served = source(language, false);
        return new Sdk(language.fileName(), new String(served.plain(), UTF_8), served.sha256());
    }

    Served document(ApiVersion version, boolean webhooks) {
        ApiCatalog known = catalog();
        if (!known.versions().contains(version)) {
            throw new NotFoundException("There is no version " + version + "; there are " + known.versions() + ".");
        }
        return documents.computeIfAbsent(
                new Edition(version, webhooks),
                edition -> Served.of(codec.write(new OpenApi(known, version, webhooks, codec).document())));
    }

    Served source(SdkLanguage language, boolean commonJs) {
        ApiCatalog known = catalog();
        SdkEmitter emitter = commonJs ? new ScriptSdk(new JavaScriptDialect(true)) : language.emitter();
        return sources.computeIfAbsent(
                language + (commonJs ? ".cjs" : ""),
                key -> Served.of(
                        emitter.emit(SdkModel.of(known, known.newest())).getBytes(UTF_8)));
    }

    ApiCatalog catalog() {
        ApiCatalog known = catalog;
        if (known == null) {
            throw new IllegalStateException(
                    "Mount these tools first: ApiDispatcher.on(matrix).modules(…, tools).build().");
        }
        return known;
    }
}
