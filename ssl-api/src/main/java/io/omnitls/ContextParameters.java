package io.omnitls;

import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.javax.ListedNames;
import io.omnitls.internal.javax.PacketSize;
import io.omnitls.internal.javax.ServerNames;
import io.omnitls.internal.javax.SessionView;
import io.omnitls.internal.settings.AlpnProtocols;
import io.omnitls.internal.settings.Narrowing;
import io.omnitls.internal.settings.Requirements;
import io.omnitls.internal.settings.SchemeChoice;
import io.omnitls.internal.verify.AcceptedIssuers;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;

/**
 * Settings as {@code javax.net.ssl} says them, for the connections of one context. A connection can take less than its context
 * allows, in another order, and can ask for more of its peer; whatever would allow more is refused, and so is a name that nobody
 * knows: a setting that was asked for is never ignored.
 */
final class ContextParameters {
    private final TlsContext context;

    ContextParameters(TlsContext context) {
        this.context = context;
    }

    String[] supportedCipherSuites() {
        return context.ciphers().stream().map(CipherSuite::ianaName).toArray(String[]::new);
    }

    String[] cipherSuites(ConnectionSettings settings) {
        return settings.narrowing().suitesOf(context.versions(), context.ciphers()).stream()
                .map(CipherSuite::ianaName)
                .toArray(String[]::new);
    }

    String[] supportedProtocols() {
        return context.versions().stream().map(TlsVersion::protocolName).toArray(String[]::new);
    }

    String[] protocols(ConnectionSettings settings) {
        return settings.narrowing().versionsOf(context.versions(), context.ciphers()).stream()
                .map(TlsVersion::protocolName)
                .toArray(String[]::new);
    }

    boolean clientMode() {
        return context instanceof ClientContext;
    }

    /** What is asked of clients; a client asks nobody for a client's certificate. */
    VerifyMode clientAuthentication(ConnectionSettings settings) {
        return clientMode() ? VerifyMode.NONE : settings.narrowing().clientAuthOver(context.verifyMode());
    }

    void requireClientMode(boolean wanted) {
        require("the client mode", wanted, clientMode());
    }

    void requireSessionCreation(boolean wanted) {
        require("enableSessionCreation", wanted, true);
    }

    /**
     * The settings with these suites, in this order. The signal that an old client does not renegotiate (RFC 5746 section 3.3)
     * says nothing: nobody renegotiates.
     *
     * @throws IllegalArgumentException when there are none, or nobody knows one
     * @throws UnsupportedOperationException when the context does not have one
     */
    ConnectionSettings withCipherSuites(ConnectionSettings now, String[] wanted) {
        Set<CipherSuite> chosen = new LinkedHashSet<>();
        for (String name : wanted) {
            if (!name.equals(NO_SUITE)) {
                chosen.add(CipherTable.byIana(name)
                        .orElseThrow(() -> new IllegalArgumentException("unknown cipher suite '" + name + "'")));
            }
        }
        requireSome("cipher suite", chosen);
        requireAllowed("the cipher suites", chosen, context.ciphers());
        List<CipherSuite> suites = List.copyOf(chosen);
        return suites.equals(context.ciphers())
                ? now.with(now.narrowing().withSuites(List.of()))
                : now.with(now.narrowing().withSuites(suites));
    }

    /**
     * The settings with these versions.
     *
     * @throws IllegalArgumentException when there are none, nobody knows one, or there is a hole between them
     * @throws UnsupportedOperationException when the context does not have one
     */
    ConnectionSettings withProtocols(ConnectionSettings now, String[] wanted) {
        Set<TlsVersion> chosen = Arrays.stream(wanted).map(TlsVersion::of).collect(Collectors.toSet());
        requireSome("version", chosen);
        requireAllowed("the versions", chosen, context.versions());
        List<TlsVersion> versions = new ArrayList<>(context.versions());
        versions.retainAll(chosen);
        if (Collections.indexOfSubList(context.versions(), versions) < 0) {
            throw new IllegalArgumentException(
                    "the versions of a connection are a range without holes, not " + versions);
        }
        return versions.equals(context.versions())
                ? now.with(now.narrowing().withVersions(List.of()))
                : now.with(now.narrowing().withVersions(versions));
    }

    /**
     * The settings of a server that asks this of its clients. {@code SSLSocket}: "this method overrides any previous setting
     * made by this method or setWantClientAuth".
     *
     * @throws UnsupportedOperationException when the context asks for more, or has nothing to judge a certificate by
     */
    ConnectionSettings withClientAuthentication(ConnectionSettings now, VerifyMode wanted) {
        VerifyMode least = clientMode() ? VerifyMode.NONE : context.verifyMode();
        if (wanted == least) {
            return now.narrowing().clientAuth().isPresent() ? now.with(withoutClientAuth(now.narrowing())) : now;
        }
        if (clientMode() || wanted.compareTo(least) < 0) {
            throw refusal("the client's authentication", wanted, least);
        }
        if (!context.canVerify()) {
            throw new UnsupportedOperationException("a client's certificate cannot be asked for: the context trusts no"
                    + " authority; give it some with verifyLocations");
        }
        AcceptedIssuers.requireRoom(context.anchors(), context.versions());
        return now.with(now.narrowing().withClientAuth(wanted));
    }

    private static Narrowing withoutClientAuth(Narrowing narrowing) {
        return new Narrowing(
                narrowing.versions(),
                narrowing.suites(),
                narrowing.preferServerCiphers(),
                narrowing.groups(),
                narrowing.signatureSchemes(),
                Optional.empty());
    }

    /** What is in force for a connection with these settings. */
    SSLParameters shown(ConnectionSettings settings) {
        SSLParameters parameters = new SSLParameters(cipherSuites(settings), protocols(settings));
        VerifyMode authentication = clientAuthentication(settings);
        if (authentication == VerifyMode.REQUIRED) {
            parameters.setNeedClientAuth(true);
        } else {
            parameters.setWantClientAuth(authentication == VerifyMode.OPTIONAL);
        }
        parameters.setUseCipherSuitesOrder(preferServerCiphers(settings));
        PacketSize.set(parameters, SessionView.PACKET_BUFFER_SIZE);
        ListedNames.APPLICATION_PROTOCOLS.set(
                parameters, settings.alpnProtocols().orElse(context.alpnProtocols()));
        parameters.setServerNames(
                settings.indicatedName().map(ServerNames::of).map(List::of).orElse(List.of()));
        parameters.setSNIMatchers(settings.serverNameMatchers());
        identification(settings).ifPresent(parameters::setEndpointIdentificationAlgorithm);
        ListedNames.GROUPS.set(parameters, names(groups(settings), NamedGroup::name));
        ListedNames.SIGNATURE_SCHEMES.set(parameters, names(schemes(settings), SignatureScheme::name));
        return parameters;
    }

    private List<NamedGroup> groups(ConnectionSettings settings) {
        List<NamedGroup> chosen = settings.narrowing().groups();
        return chosen.isEmpty() ? context.groups() : chosen;
    }

    private List<SignatureScheme> schemes(ConnectionSettings settings) {
        List<SignatureScheme> chosen = settings.narrowing().signatureSchemes();
        return chosen.isEmpty() ? context.signatureSchemes() : chosen;
    }

    private boolean preferServerCiphers(ConnectionSettings settings) {
        return clientMode()
                || settings.narrowing()
                        .preferServerCiphers()
                        .orElse(context.settings().protocol().preferServerCiphers());
    }

    private Optional<String> identification(ConnectionSettings settings) {
        return settings.identification().or(() -> context.checksHostname() ? Optional.of("HTTPS") : Optional.empty());
    }

    private static <T> List<String> names(List<T> values, Function<T, String> name) {
        return values.stream().map(name).collect(Collectors.toList());
    }

    /**
     * What {@code now} becomes with {@code wanted}. Null in it, and 0 for the size of a packet, say nothing.
     *
     * @throws UnsupportedOperationException when it would allow more than the context does
     * @throws IllegalArgumentException when a name is unknown, or is none
     */
    ConnectionSettings changed(ConnectionSettings now, SSLParameters wanted) {
        requireContexts(wanted);
        ConnectionSettings changed = narrowed(now, wanted);
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
            client.requireSendable(changed);
        }
        return changed;
    }

    private void requireContexts(SSLParameters wanted) {
        if (PacketSize.get(wanted) != 0) {
            require("the size of packets", PacketSize.get(wanted), SessionView.PACKET_BUFFER_SIZE);
        }
        if (wanted.getAlgorithmConstraints() != null) {
            throw refusal("algorithm constraints", "some", "the security level " + context.securityLevel());
        }
    }

    private ConnectionSettings narrowed(ConnectionSettings now, SSLParameters wanted) {
        ConnectionSettings changed = now;
        if (wanted.getCipherSuites() != null) {
            changed = withCipherSuites(changed, wanted.getCipherSuites());
        }
        if (wanted.getProtocols() != null) {
            changed = withProtocols(changed, wanted.getProtocols());
        }
        changed = withClientAuthentication(
                changed,
                wanted.getNeedClientAuth()
                        ? VerifyMode.REQUIRED
                        : wanted.getWantClientAuth() ? VerifyMode.OPTIONAL : VerifyMode.NONE);
        changed = withOrder(changed, wanted.getUseCipherSuitesOrder());
        Optional<List<String>> groups = ListedNames.GROUPS.get(wanted);
        if (groups.isPresent() && !groups.get().equals(names(groups(changed), NamedGroup::name))) {
            changed = withGroups(changed, groups.get());
        }
        Optional<List<String>> schemes = ListedNames.SIGNATURE_SCHEMES.get(wanted);
        if (schemes.isPresent() && !schemes.get().equals(names(schemes(changed), SignatureScheme::name))) {
            changed = withSchemes(changed, schemes.get());
        }
        return changed;
    }

    /** A client's order is the only one that it has, and the server decides whether it counts. */
    private ConnectionSettings withOrder(ConnectionSettings now, boolean preferServer) {
        if (preferServerCiphers(now) == preferServer || clientMode()) {
            return now;
        }
        if (!preferServer) {
            new Requirements(context.provider()).require(Feature.CLIENT_CIPHER_PREFERENCE);
        }
        return now.with(now.narrowing().withPreferServerCiphers(preferServer));
    }

    private ConnectionSettings withGroups(ConnectionSettings now, List<String> names) {
        List<NamedGroup> chosen = names.stream()
                .map(name -> NamedGroup.of(name)
                        .orElseThrow(() -> new IllegalArgumentException("unknown group '" + name + "'")))
                .collect(Collectors.toList());
        requireSome("group", chosen);
        requireAllowed("the groups", chosen, context.groups().isEmpty() ? chosen : context.groups());
        context.settings().negotiation().withGroups(chosen).requireGroups(new Requirements(context.provider()));
        return now.with(now.narrowing().withGroups(chosen));
    }

    private ConnectionSettings withSchemes(ConnectionSettings now, List<String> names) {
        List<SignatureScheme> chosen = names.stream()
                .map(name -> SignatureScheme.of(name)
                        .orElseThrow(() -> new IllegalArgumentException("unknown signature scheme '" + name + "'")))
                .collect(Collectors.toList());
        requireSome("signature scheme", chosen);
        requireAllowed(
                "the signature schemes",
                chosen,
                context.signatureSchemes().isEmpty() ? chosen : context.signatureSchemes());
        new SchemeChoice(chosen, now.narrowing().versionsOf(context.versions(), context.ciphers()))
                .require(
                        new Requirements(context.provider()),
                        SchemeChoice.keys(context.identities()),
                        clientMode() ? Role.CLIENT : Role.SERVER);
        return now.with(now.narrowing().withSignatureSchemes(chosen));
    }

    private ConnectionSettings identified(ConnectionSettings settings, String algorithm) {
        String inForce = identification(settings).orElse("");
        if (algorithm.equalsIgnoreCase(inForce)) {
            return settings;
        }
        // It can be asked for, whatever the context does, and not be taken back. Both are RFC 9525's today.
        if (context.verifyMode() == VerifyMode.NONE
                || !clientMode()
                || !algorithm.equalsIgnoreCase("HTTPS") && !algorithm.equalsIgnoreCase("LDAPS")) {
            throw refusal("the endpoint identification", "'" + algorithm + "'", inForce.isEmpty() ? "none" : inForce);
        }
        return settings.withIdentification(algorithm);
    }

    private static void requireSome(String kind, Collection<?> chosen) {
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("a connection needs one " + kind + " at least");
        }
    }

    private static <T> void requireAllowed(String what, Collection<T> wanted, List<T> allowed) {
        if (!allowed.containsAll(wanted)) {
            throw refusal(what, wanted, allowed);
        }
    }

    private static void require(String what, Object wanted, Object actual) {
        if (!wanted.equals(actual)) {
            throw refusal(what, wanted, actual);
        }
    }

    private static UnsupportedOperationException refusal(String what, Object wanted, Object actual) {
        return new UnsupportedOperationException(what + " of a connection are within those of its context: asked for "
                + wanted + ", the context has " + actual + "; build another context with toBuilder()");
    }

    private static final String NO_SUITE = "TLS_EMPTY_RENEGOTIATION_INFO_SCSV";
}
