package io.omnitls;

import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLParameters;

/**
 * A context's settings as {@code SSLSocket} and {@code SSLServerSocket} show them. A context is immutable, so a setter
 * accepts what already holds and refuses everything else: a setting that was asked for is never ignored.
 */
final class FixedParameters {
    private final TlsContext context;
    private final Role role;

    FixedParameters(TlsContext context) {
        this.context = context;
        this.role = context instanceof ServerContext ? Role.SERVER : Role.CLIENT;
    }

    String[] cipherSuites() {
        return context.ciphers().stream().map(CipherSuite::ianaName).toArray(String[]::new);
    }

    String[] supportedCipherSuites() {
        return context.provider().capabilities().cipherSuites().toArray(new String[0]);
    }

    String[] protocols() {
        return Arrays.stream(TlsVersion.values())
                .filter(version -> version.atLeast(context.minimumVersion())
                        && context.maximumVersion().atLeast(version))
                .map(TlsVersion::protocolName)
                .toArray(String[]::new);
    }

    String[] supportedProtocols() {
        return context.provider().capabilities().versions().stream()
                .map(TlsVersion::protocolName)
                .toArray(String[]::new);
    }

    boolean clientMode() {
        return role == Role.CLIENT;
    }

    boolean needClientAuth() {
        return role == Role.SERVER && context.verifyMode() == VerifyMode.REQUIRED;
    }

    boolean wantClientAuth() {
        return role == Role.SERVER && context.verifyMode() == VerifyMode.OPTIONAL;
    }

    void requireCipherSuites(String[] wanted) {
        require("the cipher suites", set(wanted), set(cipherSuites()));
    }

    void requireProtocols(String[] wanted) {
        require("the protocols", set(wanted), set(protocols()));
    }

    void requireClientMode(boolean wanted) {
        require("the client mode", wanted, clientMode());
    }

    void requireNeedClientAuth(boolean wanted) {
        require("needClientAuth", wanted, needClientAuth());
    }

    void requireWantClientAuth(boolean wanted) {
        require("wantClientAuth", wanted, wantClientAuth());
    }

    void requireSessionCreation(boolean wanted) {
        require("enableSessionCreation", wanted, true);
    }

    /** What {@code SSLSocket.setSSLParameters} itself passes over in silence. */
    void requireRest(SSLParameters parameters) {
        String identification = parameters.getEndpointIdentificationAlgorithm();
        if (identification != null
                && !identification.isEmpty()
                && context instanceof ClientContext client
                && !client.checkHostname()) {
            throw refusal("endpoint identification", identification, "checkHostname(false)");
        }
        String[] protocols = parameters.getApplicationProtocols();
        if (protocols.length > 0) {
            require("the application protocols", Arrays.asList(protocols), context.alpnProtocols());
        }
        if (parameters.getAlgorithmConstraints() != null) {
            throw refusal("algorithm constraints", "some", "the security level " + context.securityLevel());
        }
    }

    private static Set<String> set(String[] values) {
        return new HashSet<>(Arrays.asList(values));
    }

    private static void require(String what, Object wanted, Object actual) {
        if (!wanted.equals(actual)) {
            throw refusal(what, wanted, actual);
        }
    }

    private static UnsupportedOperationException refusal(String what, Object wanted, Object actual) {
        return new UnsupportedOperationException(what + " of a connection are those of its context: asked for " + wanted
                + ", the context has " + actual + "; build another context with toBuilder()");
    }
}
