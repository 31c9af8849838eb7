package dev.matrix.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.api.ApiHandler;
import dev.matrix.testkit.ApiAdapterContract;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** A Servlet container keeps the contract of adapters, the servlet being mapped below a context. */
class ApiServletTest implements ApiAdapterContract {

    private record Jetty(Server server, URI uri) implements Mount {

        @Override
        public void close() {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public Mount mount(ApiHandler handler) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(32 << 10);
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(6_000);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/app");
        context.addServlet(new ServletHolder(new ApiServlet(handler, "/app/billing")), "/billing/*");
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return new Jetty(server, URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/app/billing"));
    }

    @Test
    void aBasePathBeginsWithASlashAndEndsWithNone() {
        for (String base : new String[] {"app", "/app/", "/"}) {
            assertThatThrownBy(() -> new ApiServlet(
                            request -> {
                                throw new AssertionError("never asked");
                            },
                            base))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("'" + base + "'");
        }
    }
}
