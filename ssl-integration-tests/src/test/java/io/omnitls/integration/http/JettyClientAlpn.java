package io.omnitls.integration.http;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.alpn.client.ALPNClientConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.ALPNProcessor;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;

/** ALPN for Jetty's client over engines of OmniTLS: its own does it for those of the JDK alone. */
public final class JettyClientAlpn implements ALPNProcessor.Client {
    @Override
    public boolean appliesTo(SSLEngine engine) {
        return engine.getClass().getName().startsWith("io.omnitls.");
    }

    @Override
    public void configure(SSLEngine engine, Connection connection) {
        ALPNClientConnection alpn = (ALPNClientConnection) connection;
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(alpn.getProtocols().toArray(String[]::new));
        engine.setSSLParameters(parameters);
        SslConnection.SslEndPoint tls = (SslConnection.SslEndPoint) connection.getEndPoint();
        tls.getSslConnection().addHandshakeListener(new SslHandshakeListener() {
            @Override
            public void handshakeSucceeded(Event event) {
                String protocol = event.getSSLEngine().getApplicationProtocol();
                alpn.selected(protocol == null || protocol.isEmpty() ? null : protocol);
            }
        });
    }
}
