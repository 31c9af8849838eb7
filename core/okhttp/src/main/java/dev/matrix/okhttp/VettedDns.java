package dev.matrix.okhttp;

import dev.matrix.core.spi.AddressPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/** Names, with those of their addresses that a policy allows. */
record VettedDns(Dns dns, AddressPolicy policy) implements Dns {

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> answers = dns.lookup(host);
        List<InetAddress> allowed = answers.stream().filter(policy::allows).toList();
        if (allowed.isEmpty() && !answers.isEmpty()) {
            throw new AddressBlockedException("every address of " + host);
        }
        return allowed;
    }
}
