package dev.matrix.examples.benchmarks;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.spi.Stores;
import dev.matrix.devtools.DeveloperTools;
import dev.matrix.devtools.Sdk;
import dev.matrix.devtools.SdkLanguage;
import dev.matrix.money.CurrencyPreferences;
import dev.matrix.money.ExchangeRates;
import dev.matrix.okhttp.OkHttpTransport;
import dev.matrix.webhooks.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The OpenAPI document and the SDKs of all features' operations, made each time; hosts keep them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DevToolsBenchmark {

    private final Matrix matrix = Matrix.builder()
            .stores(Stores.inMemory())
            .transport(OkHttpTransport.create())
            .build();
    private final ApiDispatcher api = ApiDispatcher.on(matrix)
            .modules(
                    Webhooks.on(matrix).build().api(),
                    ExchangeRates.on(matrix).build().api(),
                    CurrencyPreferences.on(matrix).api(),
                    DeveloperTools.create())
            .authenticator(credentials ->
                    new Authentication.Authenticated(new ApiPrincipal("key_1", Owner.platform(), Set.of(), null)))
            .build();

    private DeveloperTools fresh() {
        DeveloperTools tools = DeveloperTools.create();
        tools.mounted(api.catalog());
        return tools;
    }

    /** The document of the newest version, webhooks included, compressed too. */
    @Benchmark
    public byte[] openApi() {
        ApiCatalog catalog = api.catalog();
        return fresh().openApi(catalog.newest(), true);
    }

    /** The clients in all four languages. */
    @Benchmark
    public List<Sdk> sdks() {
        DeveloperTools tools = fresh();
        List<Sdk> all = new ArrayList<>();
        for (SdkLanguage language : SdkLanguage.values()) {
            all.add(tools.sdk(language));
        }
        return all;
    }

    @TearDown
    public void close() {
        api.close();
        matrix.close();
    }
}
