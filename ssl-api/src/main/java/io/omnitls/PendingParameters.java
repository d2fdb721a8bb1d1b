package io.omnitls;

import io.omnitls.internal.javax.ConnectionParameters;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;

/**
 * {@link PendingSettings} as the setters of {@code javax.net.ssl} change them.
 *
 * @param context whose connection it is; on a server the ClientHello may change that
 */
record PendingParameters(Supplier<? extends TlsContext> context, PendingSettings settings)
        implements ConnectionParameters {

    private SocketParameters rules() {
        return new SocketParameters(context.get());
    }

    @Override
    public String[] supportedCipherSuites() {
        return rules().supportedCipherSuites();
    }

    @Override
    public String[] cipherSuites() {
        return rules().cipherSuites();
    }

    @Override
    public void cipherSuites(String[] suites) {
        rules().requireCipherSuites(suites);
    }

    @Override
    public String[] supportedProtocols() {
        return rules().supportedProtocols();
    }

    @Override
    public String[] protocols() {
        return rules().protocols();
    }

    @Override
    public void protocols(String[] protocols) {
        rules().requireProtocols(protocols);
    }

    @Override
    public boolean clientMode() {
        return rules().clientMode();
    }

    @Override
    public void clientMode(boolean client) {
        rules().requireClientMode(client);
    }

    @Override
    public boolean needClientAuth() {
        return rules().needClientAuth();
    }

    @Override
    public void needClientAuth(boolean need) {
        rules().requireNeedClientAuth(need);
    }

    @Override
    public boolean wantClientAuth() {
        return rules().wantClientAuth();
    }

    @Override
    public void wantClientAuth(boolean want) {
        rules().requireWantClientAuth(want);
    }

    @Override
    public void sessionCreation(boolean enabled) {
        rules().requireSessionCreation(enabled);
    }

    @Override
    public SSLParameters shown() {
        return rules().shown(settings.inForce());
    }

    @Override
    public void change(SSLParameters wanted) {
        settings.change(rules().changed(settings.inForce(), wanted));
    }

    @Override
    public void selector(Optional<Function<List<String>, String>> selector) {
        if (selector.isPresent()) {
            throw new UnsupportedOperationException("the application protocol is selected among those of the context;"
                    + " give them to its builder with alpnProtocols, or choose a context with a ServerNameCallback");
        }
    }
}
