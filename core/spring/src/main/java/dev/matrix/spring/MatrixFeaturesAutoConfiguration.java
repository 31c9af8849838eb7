package dev.matrix.spring;

import dev.matrix.analytics.Analytics;
import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiModule;
import dev.matrix.money.CurrencyPreferences;
import dev.matrix.money.ExchangeRates;
import dev.matrix.refunds.Refunds;
import dev.matrix.refunds.RefundsBuilder;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.security.Security;
import dev.matrix.sla.Slas;
import dev.matrix.tax.SellerProfile;
import dev.matrix.tax.Taxes;
import dev.matrix.tax.TaxesBuilder;
import dev.matrix.webhooks.Webhooks;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A bean of each feature on the class path, with its defaults, and one of its part of the HTTP API. A host that wants other than
 * the defaults declares the feature's bean itself. Taxes need a {@link SellerProfile} bean, refunds a {@link RefundProvider}.
 */
@AutoConfiguration(after = MatrixAutoConfiguration.class)
@ConditionalOnBean(Matrix.class)
public class MatrixFeaturesAutoConfiguration {

    /** Spring makes it. */
    public MatrixFeaturesAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Webhooks.class)
    static class WebhooksConfiguration {

        @Bean
        @ConditionalOnMissingBean
        Webhooks webhooks(Matrix matrix) {
            return Webhooks.on(matrix).build();
        }

        @Bean
        ApiModule webhooksApi(Webhooks webhooks) {
            return webhooks.api();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ExchangeRates.class)
    static class MoneyConfiguration {

        @Bean
        @ConditionalOnMissingBean
        ExchangeRates exchangeRates(Matrix matrix) {
            return ExchangeRates.on(matrix).build();
        }

        @Bean
        ApiModule exchangeRatesApi(ExchangeRates rates) {
            return rates.api();
        }

        @Bean
        @ConditionalOnMissingBean
        CurrencyPreferences currencyPreferences(Matrix matrix) {
            return CurrencyPreferences.on(matrix);
        }

        @Bean
        ApiModule currencyPreferencesApi(CurrencyPreferences preferences) {
            return preferences.api();
        }

        @Bean
        @ConditionalOnBean(SellerProfile.class)
        @ConditionalOnMissingBean
        Taxes taxes(Matrix matrix, ExchangeRates rates, List<SellerProfile> sellers) {
            TaxesBuilder taxes = Taxes.on(matrix).converter(rates).followRefunds();
            sellers.forEach(taxes::seller);
            return taxes.build();
        }

        @Bean
        @ConditionalOnBean(Taxes.class)
        ApiModule taxesApi(Taxes taxes) {
            return taxes.api();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Security.class)
    static class SecurityConfiguration {

        @Bean
        @ConditionalOnMissingBean
        Security matrixSecurity(Matrix matrix) {
            return Security.on(matrix).build();
        }

        @Bean
        ApiModule matrixSecurityApi(Security security) {
            return security.api();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Slas.class)
    static class SlaConfiguration {

        @Bean
        @ConditionalOnMissingBean
        Slas slas(Matrix matrix) {
            return Slas.on(matrix).build();
        }

        @Bean
        ApiModule slasApi(Slas slas) {
            return slas.api();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Analytics.class)
    static class AnalyticsConfiguration {

        @Bean
        @ConditionalOnMissingBean
        Analytics analytics(Matrix matrix) {
            return Analytics.on(matrix).build();
        }

        @Bean
        ApiModule analyticsApi(Analytics analytics) {
            return analytics.api();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Refunds.class)
    static class RefundsConfiguration {

        @Bean
        @ConditionalOnBean(RefundProvider.class)
        @ConditionalOnMissingBean
        Refunds refunds(Matrix matrix, ObjectProvider<RefundProvider> providers) {
            RefundsBuilder refunds = Refunds.on(matrix);
            providers.orderedStream().forEach(refunds::provider);
            return refunds.build();
        }

        @Bean
        @ConditionalOnBean(Refunds.class)
        ApiModule refundsApi(Refunds refunds) {
            return refunds.api();
        }
    }
}
