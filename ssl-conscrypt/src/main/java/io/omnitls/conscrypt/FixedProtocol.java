package io.omnitls.conscrypt;

import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.conscrypt.ApplicationProtocolSelector;

/** The protocol that the core has chosen by what the client offers; empty for none. */
final class FixedProtocol extends ApplicationProtocolSelector {
    private final String protocol;

    FixedProtocol(String protocol) {
        this.protocol = protocol;
    }

    @Override
    public String selectApplicationProtocol(SSLEngine engine, List<String> offered) {
        return protocol;
    }

    @Override
    public String selectApplicationProtocol(SSLSocket socket, List<String> offered) {
        return protocol;
    }
}
