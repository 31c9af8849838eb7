package dev.matrix.okhttp;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.testkit.HttpTransportContract;

class OkHttpTransportContractTest implements HttpTransportContract {

    @Override
    public HttpTransport open(Names names) {
        return new OkHttpTransport(Egress.direct(), names::lookup);
    }
}
