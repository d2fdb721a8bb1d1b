package io.omnitls.integration.servers;

import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.server.ALPNServerConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.ALPNProcessor;

/** Jetty's own processor wants an engine of the JDK; this is what it does, for ours. */
public final class JettyAlpn implements ALPNProcessor.Server {
    /** For {@link java.util.ServiceLoader}. */
    public JettyAlpn() {}

    @Override
    public boolean appliesTo(SSLEngine engine) {
        return engine.getClass().getName().startsWith("io.omnitls.");
    }

    @Override
    public void configure(SSLEngine engine, Connection connection) {
        ALPNServerConnection alpn = (ALPNServerConnection) connection;
        engine.setHandshakeApplicationProtocolSelector((asked, protocols) -> {
            alpn.select(protocols);
            return alpn.getProtocol();
        });
    }
}
