package dev.matrix.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.StepStatus;
import dev.matrix.core.api.ApiAuthenticator;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.api.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/** The HTTP API is there once somebody says who may call it; health tells of steps that fail. */
class MatrixApiAndHealthTest {

    @Test
    void withAnAuthenticatorTheApiIsMountedWhereItWasAsked() {
        Application.webRunner()
                .withBean(ApiAuthenticator.class, () -> credentials -> new Authentication.NotMine())
                .withPropertyValues("matrix.api.path=/acme")
                .run(context -> {
                    assertThat(context).hasSingleBean(ApiDispatcher.class);
                    ServletRegistrationBean<?> servlet = context.getBean(ServletRegistrationBean.class);
                    assertThat(servlet.getUrlMappings()).containsExactly("/acme/*");
                    assertThat(context.getBean(ApiDispatcher.class).catalog().operations())
                            .extracting(Operation::id)
                            .contains("publishEvent", "createWebhook");
                });
    }

    @Test
    void withoutOneThereIsNoApi() {
        Application.webRunner().run(context -> assertThat(context).doesNotHaveBean(ApiDispatcher.class));
    }

    @Test
    void healthIsUpInSpringBoot3WhileNoStepFails() {
        Application.runner()
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(
                                context.getBean(HealthIndicator.class).health().getStatus())
                        .isEqualTo(Status.UP));
    }

    @Test
    void healthIsUpInSpringBoot4WhileNoStepFails() {
        Application.runner().run(context -> {
            assertThat(context).doesNotHaveBean(HealthIndicator.class);
            assertThat(context.getBean(org.springframework.boot.health.contributor.HealthIndicator.class)
                            .health())
                    .isEqualTo(org.springframework.boot.health.contributor.Health.up()
                            .build());
        });
    }

    @Test
    void healthCanBeLeftOut() {
        Application.runner()
                .withPropertyValues("management.health.matrix.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("matrixHealthIndicator"));
    }

    @Test
    void aStepThatHasFailedThreeTimesIsNamedWithItsError() {
        assertThat(MatrixHealthAutoConfiguration.failing(List.of(
                        new StepStatus("well", null, false, 0, "an old error"),
                        new StepStatus("twice", null, false, 2, "no database"),
                        new StepStatus("down", null, false, 3, "no database"))))
                .hasToString("{down=no database}");
    }
}
