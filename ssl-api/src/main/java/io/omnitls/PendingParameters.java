package io.omnitls;

import io.omnitls.internal.javax.ConnectionParameters;
import io.omnitls.protocol.VerifyMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * {@link PendingSettings} as the setters of {@code javax.net.ssl} change them.
 *
 * @param context whose connection it is; on a server the ClientHello may change that
 */
record PendingParameters(Supplier<? extends TlsContext> context, PendingSettings settings)
        implements ConnectionParameters {

    private ContextParameters rules() {
        return new ContextParameters(context.get());
    }

    @Override
    public String[] supportedCipherSuites() {
        return rules().supportedCipherSuites();
    }

    @Override
    public String[] cipherSuites() {
        return rules().cipherSuites(settings.inForce());
    }

    @Override
    public void cipherSuites(String[] suites) {
        settings.change(rules().withCipherSuites(settings.inForce(), suites));
    }

    @Override
    public String[] supportedProtocols() {
        return rules().supportedProtocols();
    }

    @Override
    public String[] protocols() {
        return rules().protocols(settings.inForce());
    }

    @Override
    public void protocols(String[] protocols) {
        settings.change(rules().withProtocols(settings.inForce(), protocols));
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
        return rules().clientAuthentication(settings.inForce()) == VerifyMode.REQUIRED;
    }

    @Override
    public void needClientAuth(boolean need) {
        clientAuthentication(need ? VerifyMode.REQUIRED : VerifyMode.NONE);
    }

    @Override
    public boolean wantClientAuth() {
        return rules().clientAuthentication(settings.inForce()) == VerifyMode.OPTIONAL;
    }

    @Override
    public void wantClientAuth(boolean want) {
        clientAuthentication(want ? VerifyMode.OPTIONAL : VerifyMode.NONE);
    }

    private void clientAuthentication(VerifyMode mode) {
        settings.change(rules().withClientAuthentication(settings.inForce(), mode));
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
    public void selector(Optional<Function<List<String>, @Nullable String>> selector) {
        if (selector.isPresent() && rules().clientMode()) {
            throw new UnsupportedOperationException(
                    "a client offers application protocols, and the server selects one");
        }
        settings.change(settings.inForce().withProtocolSelector(selector));
    }
}
