package dev.matrix.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiHandler;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.testkit.ApiAdapterContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.junit.jupiter.api.Test;

/** Tomcat keeps the contract of adapters; {@code -Dtomcat.version=…} chooses the release, that of Spring Boot 4 if none is chosen. */
class TomcatServletTest implements ApiAdapterContract {

    private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

    private record Running(Tomcat tomcat, URI uri) implements Mount {

        @Override
        public void close() {
            try {
                tomcat.stop();
                tomcat.destroy();
            } catch (LifecycleException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Notes what a servlet throws, which Tomcat would log and dispatch to an error page. */
    private final class Watch extends ValveBase {

        @Override
        public void invoke(Request request, Response response) throws IOException, jakarta.servlet.ServletException {
            getNext().invoke(request, response);
            if (request.getAttribute(jakarta.servlet.RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
                thrown.add(failure);
            }
        }
    }

    @Override
    public Mount mount(ApiHandler handler) {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(temporaryFolder());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxHttpRequestHeaderSize", Integer.toString(32 << 10));
        connector.setProperty("connectionTimeout", "6000");
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("/app", null);
        Tomcat.addServlet(context, "billing", new ApiServlet(handler, "/app/billing"))
                .addMapping("/billing/*");
        Valve watch = new Watch();
        context.getPipeline().addValve(watch);
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        return new Running(tomcat, URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/app/billing"));
    }

    private static String temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("tomcat");
            folder.toFile().deleteOnExit();
            return folder.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aReplyBeforeTheRequestIsReadThrowsNothingIntoTheContainer() throws IOException {
        try (Mount mount = mount(request ->
                        new ApiResponse(403, ApiHeaders.empty(), ApiBody.of("no".getBytes(StandardCharsets.UTF_8))));
                Socket socket = new Socket(mount.uri().getHost(), mount.uri().getPort())) {
            socket.getOutputStream()
                    .write("POST /app/billing/x HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[50_000]);
            InputStream in = socket.getInputStream();
            String head = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
            socket.shutdownOutput();
            in.readAllBytes();

            assertThat(head).isEqualTo("HTTP/1.1 403");
        }
        assertThat(thrown).isEmpty();
    }
}
