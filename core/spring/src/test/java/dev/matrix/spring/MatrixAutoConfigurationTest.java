package dev.matrix.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.Analytics;
import dev.matrix.core.Matrix;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.spi.Tx;
import dev.matrix.money.CurrencyPreferences;
import dev.matrix.money.ExchangeRates;
import dev.matrix.refunds.Refunds;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.stripe.StripeRefunds;
import dev.matrix.security.Security;
import dev.matrix.sla.Slas;
import dev.matrix.tax.Address;
import dev.matrix.tax.SellerProfile;
import dev.matrix.tax.Taxes;
import dev.matrix.webhooks.Webhooks;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application gets by the starter, and what it can replace. */
class MatrixAutoConfigurationTest {

    /** A subscriber that needs a feature, which needs Matrix. */
    static final class Noting implements EventSubscriber.Transactional {

        private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

        Noting(Webhooks webhooks) {
            assertThat(webhooks).isNotNull();
        }

        @Override
        public String name() {
            return "noting";
        }

        @Override
        public Set<EventPattern> interests() {
            return Set.of(new EventPattern("acme.*"));
        }

        @Override
        public void handle(Tx tx, List<StoredEvent> events) {
            events.forEach(event -> handled.add(event.event().subject()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnWebhooks {

        @Bean
        Webhooks mine(Matrix matrix) {
            return Webhooks.on(matrix).maxInFlight(32).build();
        }
    }

    @Test
    void eachFeatureOnTheClassPathIsABean() {
        Application.runner().run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).hasSingleBean(Matrix.class);
            assertThat(context).hasSingleBean(Webhooks.class);
            assertThat(context).hasSingleBean(ExchangeRates.class);
            assertThat(context).hasSingleBean(CurrencyPreferences.class);
            assertThat(context).hasSingleBean(Security.class);
            assertThat(context).hasSingleBean(Slas.class);
            assertThat(context).hasSingleBean(Analytics.class);
            assertThat(context).doesNotHaveBean(Taxes.class);
            assertThat(context).doesNotHaveBean(Refunds.class);
        });
    }

    @Test
    void aSellersProfileBringsTaxes() {
        Application.runner()
                .withBean(SellerProfile.class, () -> SellerProfile.of("acme", Address.of("DE")))
                .run(context -> assertThat(context).hasSingleBean(Taxes.class));
    }

    @Test
    void aRefundProviderBringsRefunds() {
        Application.runner()
                .withBean(RefundProvider.class, () -> StripeRefunds.withKey("sk_test_1"))
                .run(context -> assertThat(context).hasSingleBean(Refunds.class));
    }

    @Test
    void ownTypesAndSubscribersArePartOfItAndBackgroundWorkRuns() {
        Application.runner()
                .withBean(EventType.class, () -> Noted.TYPE)
                .withBean(Noting.class)
                .run(context -> {
                    context.getBean(Matrix.class).events().publish(Noted.draft("done_1", "by the host"));

                    assertThat(context.getBean(Noting.class).handled.poll(30, TimeUnit.SECONDS))
                            .isEqualTo("done_1");
                });
    }

    @Test
    void aFeatureThatTheHostDeclaresReplacesTheDefault() {
        Application.runner()
                .withUserConfiguration(OwnWebhooks.class)
                .run(context ->
                        assertThat(context.getBeanNamesForType(Webhooks.class)).containsExactly("mine"));
    }

    @Test
    void propertiesAndCustomizersReachTheBuilder() {
        Application.runner()
                .withPropertyValues("matrix.node=blue-1", "matrix.event-retention=30d")
                .withBean(MatrixBuilderCustomizer.class, () -> matrix -> matrix.payloadLimit(1_024))
                .run(context -> {
                    Matrix matrix = context.getBean(Matrix.class);
                    assertThat(matrix.node()).isEqualTo("blue-1");
                    assertThat(matrix.eventRetention()).isEqualTo(Duration.ofDays(30));
                    assertThat(matrix.payloadLimit()).isEqualTo(1_024);
                });
    }

    @Test
    void withoutAKeyTheStartSaysHowToMakeOne() {
        Application.runner()
                .withPropertyValues("matrix.key=main:short")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("openssl rand -base64 32"));
    }
}
