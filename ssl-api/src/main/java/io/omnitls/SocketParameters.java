package io.omnitls;

import io.omnitls.internal.javax.ListedNames;
import io.omnitls.internal.javax.PacketSize;
import io.omnitls.internal.javax.ServerNames;
import io.omnitls.internal.javax.SessionView;
import io.omnitls.internal.settings.AlpnProtocols;
import io.omnitls.internal.settings.Requirements;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;

/**
 * Settings as {@code SSLSocket} and {@code SSLServerSocket} say them. What a connection has for itself, its {@link
 * ConnectionSettings}, can be changed; of the rest, which is its context's, a setter accepts what holds already and refuses
 * everything else: a setting that was asked for is never ignored.
 */
final class SocketParameters {
    private final TlsContext context;

    SocketParameters(TlsContext context) {
        this.context = context;
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
        return context instanceof ClientContext;
    }

    boolean needClientAuth() {
        return clientAuthentication() == VerifyMode.REQUIRED;
    }

    boolean wantClientAuth() {
        return clientAuthentication() == VerifyMode.OPTIONAL;
    }

    /** A client asks nobody for a client's certificate. */
    private VerifyMode clientAuthentication() {
        return clientMode() ? VerifyMode.NONE : context.verifyMode();
    }

    void requireCipherSuites(String[] wanted) {
        require("the cipher suites and their order", List.of(wanted), List.of(cipherSuites()));
    }

    void requireProtocols(String[] wanted) {
        require("the protocols", set(wanted), set(protocols()));
    }

    void requireClientMode(boolean wanted) {
        require("the client mode", wanted, clientMode());
    }

    /** {@code SSLSocket}: "this method overrides any previous setting made by this method or setWantClientAuth". */
    void requireNeedClientAuth(boolean wanted) {
        requireClientAuthentication(wanted ? VerifyMode.REQUIRED : VerifyMode.NONE);
    }

    void requireWantClientAuth(boolean wanted) {
        requireClientAuthentication(wanted ? VerifyMode.OPTIONAL : VerifyMode.NONE);
    }

    private void requireClientAuthentication(VerifyMode wanted) {
        require("the client's authentication", wanted, clientAuthentication());
    }

    void requireSessionCreation(boolean wanted) {
        require("enableSessionCreation", wanted, true);
    }

    /** What is in force for a connection with these settings. */
    SSLParameters shown(ConnectionSettings settings) {
        SSLParameters parameters = new SSLParameters(cipherSuites(), protocols());
        if (needClientAuth()) {
            parameters.setNeedClientAuth(true);
        } else {
            parameters.setWantClientAuth(wantClientAuth());
        }
        parameters.setUseCipherSuitesOrder(preferServerCiphers());
        PacketSize.set(parameters, SessionView.PACKET_BUFFER_SIZE);
        ListedNames.APPLICATION_PROTOCOLS.set(
                parameters, settings.alpnProtocols().orElse(context.alpnProtocols()));
        parameters.setServerNames(
                settings.indicatedName().map(ServerNames::of).map(List::of).orElse(List.of()));
        parameters.setSNIMatchers(settings.serverNameMatchers());
        identification(settings).ifPresent(parameters::setEndpointIdentificationAlgorithm);
        ListedNames.GROUPS.set(parameters, names(context.groups(), NamedGroup::name));
        ListedNames.SIGNATURE_SCHEMES.set(parameters, names(context.signatureSchemes(), SignatureScheme::name));
        return parameters;
    }

    private boolean preferServerCiphers() {
        return clientMode() || context.settings().protocol().preferServerCiphers();
    }

    private Optional<String> identification(ConnectionSettings settings) {
        return context.checksHostname() ? Optional.of("HTTPS") : settings.identification();
    }

    private static <T> List<String> names(List<T> values, Function<T, String> name) {
        return values.stream().map(name).collect(Collectors.toList());
    }

    /**
     * What {@code now} becomes with {@code wanted}. Null in it, and 0 for the size of a packet, say nothing.
     *
     * @throws UnsupportedOperationException when something is the context's and there is another way
     * @throws IllegalArgumentException when a server name is none, or an ALPN protocol
     */
    ConnectionSettings changed(ConnectionSettings now, SSLParameters wanted) {
        requireContexts(wanted);
        ConnectionSettings changed = now;
        if (wanted.getServerNames() != null) {
            changed = changed.withServerNames(ServerNames.texts(wanted.getServerNames()));
        }
        if (wanted.getSNIMatchers() != null) {
            changed = changed.withServerNameMatchers(wanted.getSNIMatchers());
        }
        String identification = wanted.getEndpointIdentificationAlgorithm();
        if (identification != null) {
            changed = identified(changed, identification);
        }
        List<String> inForce = changed.alpnProtocols().orElse(context.alpnProtocols());
        List<String> protocols = ListedNames.APPLICATION_PROTOCOLS.get(wanted).orElse(inForce);
        if (!protocols.equals(inForce)) {
            new AlpnProtocols(protocols).require(new Requirements(context.provider()));
            changed = changed.withAlpnProtocols(protocols);
        }
        if (context instanceof ClientContext client) {
            client.requireSound(changed);
        }
        return changed;
    }

    private void requireContexts(SSLParameters wanted) {
        if (wanted.getCipherSuites() != null) {
            requireCipherSuites(wanted.getCipherSuites());
        }
        if (wanted.getProtocols() != null) {
            requireProtocols(wanted.getProtocols());
        }
        requireClientAuthentication(
                wanted.getNeedClientAuth()
                        ? VerifyMode.REQUIRED
                        : wanted.getWantClientAuth() ? VerifyMode.OPTIONAL : VerifyMode.NONE);
        if (!clientMode()) { // a client's order is the only one that it has, and the server decides whether it counts
            require("whose order of cipher suites counts", wanted.getUseCipherSuitesOrder(), preferServerCiphers());
        }
        if (PacketSize.get(wanted) != 0) {
            require("the size of packets", PacketSize.get(wanted), SessionView.PACKET_BUFFER_SIZE);
        }
        if (wanted.getAlgorithmConstraints() != null) {
            throw refusal("algorithm constraints", "some", "the security level " + context.securityLevel());
        }
        ListedNames.GROUPS
                .get(wanted)
                .ifPresent(groups -> require("the groups", groups, names(context.groups(), NamedGroup::name)));
        ListedNames.SIGNATURE_SCHEMES
                .get(wanted)
                .ifPresent(schemes -> require(
                        "the signature schemes", schemes, names(context.signatureSchemes(), SignatureScheme::name)));
    }

    private ConnectionSettings identified(ConnectionSettings settings, String algorithm) {
        String inForce = identification(settings).orElse("");
        if (algorithm.equalsIgnoreCase(inForce)) {
            return settings;
        }
        // It can be asked for on top of what the context does, and not be taken back. Both are RFC 9525's today.
        if (context.checksHostname()
                || context.verifyMode() == VerifyMode.NONE
                || !clientMode()
                || !algorithm.equalsIgnoreCase("HTTPS") && !algorithm.equalsIgnoreCase("LDAPS")) {
            throw refusal("the endpoint identification", "'" + algorithm + "'", inForce.isEmpty() ? "none" : inForce);
        }
        return settings.withIdentification(algorithm);
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
