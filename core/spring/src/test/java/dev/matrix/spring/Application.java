package dev.matrix.spring;

import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** An application with a database, transactions and the starter; nothing else. */
final class Application {

    private static final String KEY = "main:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private Application() {}

    static ApplicationContextRunner runner() {
        return wired(new ApplicationContextRunner());
    }

    static WebApplicationContextRunner webRunner() {
        return wired(new WebApplicationContextRunner());
    }

    private static <R extends AbstractApplicationContextRunner<R, ?, ?>> R wired(R runner) {
        return runner.withConfiguration(AutoConfigurations.of(
                        TransactionAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        MatrixAutoConfiguration.class,
                        MatrixFeaturesAutoConfiguration.class,
                        MatrixApiAutoConfiguration.class,
                        MatrixHealthAutoConfiguration.class))
                .withBean(DataSource.class, Application::database)
                .withPropertyValues("matrix.key=" + KEY);
    }

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
        return database;
    }
}
