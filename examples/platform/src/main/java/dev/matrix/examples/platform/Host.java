package dev.matrix.examples.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.analytics.Analytics;
import dev.matrix.analytics.cost.CostOptimizations;
import dev.matrix.bucket4j.BucketRateLimiter;
import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiAuthenticator;
import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.devtools.DeveloperTools;
import dev.matrix.http.ApiServer;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.money.CurrencyPreferences;
import dev.matrix.money.ExchangeRates;
import dev.matrix.okhttp.OkHttpTransport;
import dev.matrix.refunds.Refunds;
import dev.matrix.security.Security;
import dev.matrix.security.spi.GeoRecord;
import dev.matrix.security.spi.GeoSource;
import dev.matrix.sla.Slas;
import dev.matrix.tax.Address;
import dev.matrix.tax.SellerProfile;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxRegistration;
import dev.matrix.tax.Taxes;
import dev.matrix.webhooks.Webhooks;
import dev.matrix.webhooks.WebhooksBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole, wired: storage, features, API, server. It serves from {@link #start} to {@link #close}. */
final class Host implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    private static final Duration IN_HAND = Duration.ofSeconds(10);
    private static final String[] PRIVATE = {
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"
    };

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Deque<Runnable> opened;
    private final BootstrapKey bootstrap;
    private final Health health;
    private final ApiDispatcher api;
    private final ApiServer server;

    private Host(Settings settings, ApiAuthenticator more, Deque<Runnable> opened) throws IOException {
        this.opened = opened;
        makePrivate(settings.data());
        Matrix matrix = opened(
                Matrix.builder()
                        .stores(storage(settings))
                        .transport(OkHttpTransport.create())
                        .keys(KeyRing.envelope(
                                settings.kekFromEnvironment()
                                        ? KeyEncryptionKey.fromEnvironment()
                                        : KeyEncryptionKey.file(settings.data().resolve("kek"))))
                        .build(),
                Matrix::close);
        Heartbeat heartbeat = new Heartbeat();
        heartbeat.run(matrix.storeClock().instant());
        matrix.add(heartbeat);
        Webhooks webhooks = webhooks(matrix, settings);
        // Offline by default: rates are those set by hand. A host with a network adds .source(EcbRates.create()).
        ExchangeRates rates = ExchangeRates.on(matrix).build();
        CurrencyPreferences preferences = CurrencyPreferences.on(matrix);
        Taxes taxes =
                Taxes.on(matrix).seller(acme()).converter(rates).followRefunds().build();
        Security security = Security.on(matrix)
                .trustedProxies(settings.trustedProxies().toArray(String[]::new))
                .geo(documentationNetworks())
                .build();
        Slas slas = Slas.on(matrix).build();
        OwnServiceLevel own = new OwnServiceLevel(slas);
        Analytics analytics = Analytics.on(matrix).converter(rates).build();
        CostOptimizations costs = CostOptimizations.on(matrix)
                .plans(SamplePlans.catalog())
                .converter(rates)
                .build();
        // No money moves by default. A host adds its own providers.
        Refunds refunds = Refunds.on(matrix).provider(new SandboxRefunds()).build();
        this.bootstrap = BootstrapKey.of(settings, matrix.random());
        Metrics metrics = new Metrics(webhooks::deliveriesByState);
        this.api = opened(
                ApiDispatcher.on(matrix)
                        .modules(
                                webhooks.api(),
                                rates.api(),
                                preferences.api(),
                                taxes.api(),
                                security.api(),
                                slas.api(),
                                analytics.api(),
                                costs.api(),
                                refunds.api(),
                                DeveloperTools.create(),
                                bootstrap)
                        .authenticator(ApiAuthenticator.firstOf(security.authenticator(), bootstrap, more))
                        .guard(security.guard())
                        .listener(security.listener())
                        .clientAddress(security.clientAddresses())
                        .limiter(BucketRateLimiter.create())
                        .listener(metrics)
                        .listener(own)
                        .build(),
                ApiDispatcher::close);
        this.health = new Health(matrix, heartbeat);
        own.bind(matrix.storeClock().instant());
        matrix.start();
        if (settings.sampleData()) {
            LOG.info("Sample data: {} events were published.", SampleHistory.publish(matrix));
        }
        if (settings.isPublic()) {
            LOG.warn(
                    "The API listens at {} without TLS: keys and data cross the network in the clear. Let a proxy with"
                            + " TLS stand in front, which buffers requests and replies, and name it in"
                            + " MATRIX_TRUSTED_PROXIES.",
                    settings.host());
        }
        this.server = ApiServer.serving(new Front(matrix, health, metrics, api))
                .host(settings.host())
                .port(settings.port())
                .start();
    }

    /** Wires and starts it; what it opened is closed again when something fails. */
    static Host start(Settings settings) throws IOException {
        return start(settings, credentials -> new Authentication.NotMine());
    }

    /** @param more tells the callers apart that don't come with the bootstrap key */
    static Host start(Settings settings, ApiAuthenticator more) throws IOException {
        Deque<Runnable> opened = new ArrayDeque<>();
        try {
            return new Host(settings, more, opened);
        } catch (Throwable e) {
            closeAll(opened);
            throw e;
        }
    }

    private static void closeAll(Deque<Runnable> opened) {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }

    private <T> T opened(T resource, Consumer<T> close) {
        opened.push(() -> close.accept(resource));
        return resource;
    }

    /** The database and the key files are their owner's alone. */
    private static void makePrivate(Path folder) throws IOException {
        boolean there = Files.isDirectory(folder);
        Files.createDirectories(folder);
        Set<PosixFilePermission> former = Files.getPosixFilePermissions(folder);
        if (!former.equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
            if (there) {
                LOG.info(
                        "{} was open to others ({}); now only its owner reads it, as keys and customers' data are in"
                                + " there.",
                        folder,
                        PosixFilePermissions.toString(former));
            }
        }
    }

    private JooqStorage storage(Settings settings) {
        if (settings.database() == null) {
            return JooqStorage.embedded(settings.data());
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.database());
        return JooqStorage.over(opened(new HikariDataSource(config), HikariDataSource::close));
    }

    private static Webhooks webhooks(Matrix matrix, Settings settings) {
        WebhooksBuilder webhooks = Webhooks.on(matrix);
        if (settings.allowPrivateTargets()) {
            LOG.warn(
                    "Webhooks may go to loopback and private addresses, and by http: whoever registers one reaches into"
                            + " this network. Unset MATRIX_ALLOW_PRIVATE_TARGETS where others do.");
            webhooks.httpsOnly(false).addresses(AddressPolicy.publicOnly().allowing(PRIVATE));
        }
        return webhooks.build();
    }

    /** A seller in Germany who collects in all of the EU. Offline, so ids are checked by form; a host wires ViesVerifier. */
    private static SellerProfile acme() {
        return SellerProfile.of("acme", Address.of("DE"))
                .registered(TaxRegistration.local("DE", TaxId.parse("DE314159262"), LocalDate.of(2020, 1, 1)))
                .registered(TaxRegistration.unionOss(LocalDate.of(2021, 7, 1)));
    }

    URI uri() {
        return server.uri();
    }

    /** What it serves. */
    ApiCatalog catalog() {
        return api.catalog();
    }

    /** The key with every scope, if it was made at this start. */
    @Nullable
    String newBootstrapKey() {
        return bootstrap.madeNow();
    }

    /** Not ready, no new connections, at most 10 s for requests in hand, then everything that was opened, last first. */
    @Override
    public void close() {
        health.close();
        server.close(IN_HAND);
        closeAll(opened);
    }

    /** The three networks of RFC 5737, in three countries. A host with databases gives {@code GeoSource.mmdb(…)} instead. */
    private static GeoSource documentationNetworks() {
        return GeoSource.fixed(Map.of(
                IpRange.parse("192.0.2.0/24"),
                        GeoRecord.of("DE").continent("EU").europeanUnion(true),
                IpRange.parse("198.51.100.0/24"), GeoRecord.of("GB").continent("EU"),
                IpRange.parse("203.0.113.0/24"), GeoRecord.of("US").continent("NA")));
    }
}
