package dev.matrix.spring;

import dev.matrix.core.Matrix;
import dev.matrix.core.MatrixBuilder;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.EventType;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.ConnectionSource;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.okhttp.OkHttpTransport;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A {@link Matrix} over the application's data source and in its transactions. Beans of {@link EventType}, {@link EventSubscriber}
 * and {@link Step} become part of it; {@link MatrixBuilderCustomizer} changes the rest.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
        })
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties(MatrixProperties.class)
public class MatrixAutoConfiguration {

    /** Spring makes it. */
    public MatrixAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ConnectionSource matrixConnections(DataSource dataSource, PlatformTransactionManager transactions) {
        return new SpringConnections(dataSource, transactions);
    }

    /** Closed by Matrix. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    Stores matrixStores(ConnectionSource connections, MatrixProperties properties) {
        return JooqStorage.joining(connections, properties.schema());
    }

    /** Closed by Matrix. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    HttpTransport matrixTransport() {
        return OkHttpTransport.create();
    }

    @Bean
    @ConditionalOnMissingBean
    KeyRing.Spec matrixKeys(MatrixProperties properties) {
        return KeyRing.envelope(
                properties.key() == null
                        ? KeyEncryptionKey.fromEnvironment()
                        : KeyEncryptionKey.parse(properties.key()));
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Matrix matrix(
            Stores stores,
            HttpTransport transport,
            KeyRing.Spec keys,
            MatrixProperties properties,
            ObjectProvider<EventType> eventTypes,
            ObjectProvider<MatrixBuilderCustomizer> customizers) {
        MatrixBuilder builder = Matrix.builder()
                .stores(stores)
                .transport(transport)
                .keys(keys)
                .eventRetention(properties.eventRetention());
        if (properties.node() != null) {
            builder.node(properties.node());
        }
        eventTypes.orderedStream().forEach(builder::eventType);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Bean
    MatrixLifecycle matrixLifecycle(
            Matrix matrix, ObjectProvider<EventSubscriber> subscribers, ObjectProvider<Step> steps) {
        return new MatrixLifecycle(
                matrix,
                subscribers.orderedStream().toList(),
                steps.orderedStream().toList());
    }
}
