package io.omnitls.spi;

import io.omnitls.internal.android.NotOnAndroid;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * ALPN by the methods that {@link SSLParameters} and {@link SSLEngine} have since Java 9. Android's have some of them since
 * API level 29 only; what runs there is a provider that overrides each method from which this class is called.
 */
@NotOnAndroid
final class JdkAlpn {
    private JdkAlpn() {}

    static void offer(SSLParameters parameters, List<String> protocols) {
        parameters.setApplicationProtocols(protocols.toArray(new String[0]));
    }

    /** The list of SSLParameters would answer "no overlap" with a fatal alert; a selector need not. */
    static void select(SSLEngine engine, String protocol) {
        engine.setHandshakeApplicationProtocolSelector((ignored, offered) -> protocol);
    }

    static Optional<String> selected(SSLEngine engine) {
        return Optional.ofNullable(engine.getApplicationProtocol()).filter(protocol -> !protocol.isEmpty());
    }
}
