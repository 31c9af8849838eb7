package dev.matrix.spring;

import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiAuthenticator;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiDispatcherBuilder;
import dev.matrix.core.api.ApiGuard;
import dev.matrix.core.api.ApiListener;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.RateLimiter;
import dev.matrix.http.ApiServlet;
import jakarta.servlet.Servlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * The HTTP API of all features, at {@code matrix.api.path}, once the application says by an {@link ApiAuthenticator} bean who may
 * call. Beans of {@link ApiModule}, {@link ApiGuard}, {@link RateLimiter} and {@link ApiListener} become part of it.
 */
@AutoConfiguration(after = MatrixFeaturesAutoConfiguration.class)
@ConditionalOnClass(Servlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Matrix.class, ApiAuthenticator.class})
public class MatrixApiAutoConfiguration {

    /** Spring makes it. */
    public MatrixApiAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ApiDispatcher matrixApi(
            Matrix matrix,
            ApiAuthenticator authenticator,
            ObjectProvider<ApiModule> modules,
            ObjectProvider<ApiGuard> guard,
            ObjectProvider<RateLimiter> limiter,
            ObjectProvider<ApiListener> listeners,
            ObjectProvider<ApiDispatcherCustomizer> customizers) {
        ApiDispatcherBuilder api =
                ApiDispatcher.on(matrix).modules(modules.orderedStream().toArray(ApiModule[]::new));
        api.authenticator(authenticator);
        guard.ifUnique(api::guard);
        limiter.ifUnique(api::limiter);
        listeners.orderedStream().forEach(api::listener);
        customizers.orderedStream().forEach(customizer -> customizer.customize(api));
        return api.build();
    }

    @Bean
    ServletRegistrationBean<ApiServlet> matrixApiServlet(
            ApiDispatcher api,
            MatrixProperties properties,
            @Value("${server.servlet.context-path:}") String contextPath) {
        String path = properties.api().path();
        return new ServletRegistrationBean<>(new ApiServlet(api, contextPath + path), path + "/*");
    }
}
