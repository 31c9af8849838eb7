package dev.matrix.http;

import dev.matrix.core.api.ApiHandler;
import dev.matrix.testkit.ApiAdapterContract;
import java.net.URI;
import java.time.Duration;

/** The JDK's server keeps the contract of adapters. */
class JdkAdapterTest implements ApiAdapterContract {

    private record Server(ApiServer server) implements Mount {

        @Override
        public URI uri() {
            return server.uri();
        }

        @Override
        public void close() {
            server.close(Duration.ZERO);
        }
    }

    @Override
    public Mount mount(ApiHandler handler) {
        return new Server(ApiServer.serving(handler).port(0).start());
    }
}
