package io.omnitls;

import io.omnitls.cert.PeerName;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.javax.ServerNames;
import io.omnitls.internal.settings.Narrowing;
import io.omnitls.internal.wire.Refusal;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.Role;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has for itself: its options, and what {@code SSLParameters} set over its context. Immutable.
 *
 * @param role the part of this end
 * @param alpnProtocols what stands in for the context's protocols; empty for those
 * @param identification why a client's name is checked although its context does not; empty where nobody asked
 * @param serverNameMatchers which names a server answers to; none for any name
 * @param narrowing what it takes of what the context allows
 * @param protocolSelector what a server asks which of the client's application protocols it is to be
 */
record ConnectionSettings(
        Role role,
        ConnectionOptions options,
        Optional<List<String>> alpnProtocols,
        Optional<String> identification,
        List<SNIMatcher> serverNameMatchers,
        Narrowing narrowing,
        Optional<Function<List<String>, @Nullable String>> protocolSelector) {
    ConnectionSettings {
        serverNameMatchers = List.copyOf(serverNameMatchers);
    }

    static ConnectionSettings of(Role role, ConnectionOptions options) {
        return new ConnectionSettings(
                role, options, Optional.empty(), Optional.empty(), List.of(), Narrowing.NONE, Optional.empty());
    }

    /** The name that goes out as SNI; RFC 6066 section 3 has no place for addresses. */
    Optional<String> indicatedName() {
        return options.serverName()
                .filter(name -> options.serverNameIndication())
                .flatMap(PeerName::dnsName);
    }

    ConnectionSettings withServerNames(List<String> names) {
        if (names.equals(indicatedName().map(List::of).orElse(List.of()))) {
            return this;
        }
        if (role == Role.SERVER) {
            throw new UnsupportedOperationException(
                    "a server does not choose the server name " + names + ", the client does; set SNI matchers");
        }
        return with(names.isEmpty() ? options.withoutServerNameIndication() : options.to(dnsName(names.get(0))));
    }

    private static PeerName dnsName(String text) {
        PeerName name = PeerName.of(text);
        if (name.dnsName().isEmpty()) {
            throw new IllegalArgumentException(
                    "an address is no server name (RFC 6066 section 3): " + name + "; give it to the connection");
        }
        return name;
    }

    private ConnectionSettings with(ConnectionOptions changed) {
        return new ConnectionSettings(
                role, changed, alpnProtocols, identification, serverNameMatchers, narrowing, protocolSelector);
    }

    ConnectionSettings withServerNameMatchers(Collection<SNIMatcher> matchers) {
        if (role == Role.CLIENT && !matchers.isEmpty()) {
            throw new UnsupportedOperationException("SNI matchers are for servers; a client sends a name");
        }
        return new ConnectionSettings(
                role, options, alpnProtocols, identification, List.copyOf(matchers), narrowing, protocolSelector);
    }

    ConnectionSettings withAlpnProtocols(List<String> protocols) {
        return new ConnectionSettings(
                role, options, Optional.of(protocols), identification, serverNameMatchers, narrowing, protocolSelector);
    }

    ConnectionSettings withIdentification(String algorithm) {
        return new ConnectionSettings(
                role, options, alpnProtocols, Optional.of(algorithm), serverNameMatchers, narrowing, protocolSelector);
    }

    ConnectionSettings with(Narrowing changed) {
        return new ConnectionSettings(
                role, options, alpnProtocols, identification, serverNameMatchers, changed, protocolSelector);
    }

    ConnectionSettings withProtocolSelector(Optional<Function<List<String>, @Nullable String>> selector) {
        return new ConnectionSettings(
                role, options, alpnProtocols, identification, serverNameMatchers, narrowing, selector);
    }

    /** Whom a client connects to where nobody has said before whom it wants to reach. */
    ConnectionSettings connectingTo(ConnectionOptions reached) {
        return options.serverName().isEmpty() ? with(options.named(reached)) : this;
    }

    /** At which port, where nobody has said one before. */
    ConnectionSettings connectingAt(OptionalInt port) {
        return with(options.reachedAt(port));
    }

    /** The protocol that a server answers {@code hello} with, of {@code own} unless it asks; empty for none. */
    Optional<String> applicationProtocol(ClientHello hello, List<String> own) throws TlsException {
        List<String> offered = hello.applicationProtocols();
        if (protocolSelector.isEmpty() || offered.isEmpty()) {
            return alpnProtocols.orElse(own).stream().filter(offered::contains).findFirst();
        }
        String selected = protocolSelector.get().apply(offered);
        if (selected != null && selected.isEmpty()) {
            return Optional.empty();
        }
        if (selected == null || !offered.contains(selected)) {
            // RFC 7301 section 3.2, and SSLEngine.setHandshakeApplicationProtocolSelector.
            throw Refusal.of(
                    ErrorReason.NO_APPLICATION_PROTOCOL,
                    AlertDescription.NO_APPLICATION_PROTOCOL,
                    "this server selected " + (selected == null ? "none" : "'" + selected + "'")
                            + " of the application protocols that the client offers: " + offered);
        }
        return Optional.of(selected);
    }

    /** Refuses a client that wants to reach a name that none of the matchers matches, as {@code SSLParameters} has it. */
    void requireMatch(ClientHello hello) throws TlsException {
        List<SNIMatcher> matchers = serverNameMatchers.stream()
                .filter(matcher -> matcher.getType() == StandardConstants.SNI_HOST_NAME)
                .collect(Collectors.toList());
        Optional<SNIServerName> name = hello.serverName().map(ServerNames::of);
        if (!matchers.isEmpty()
                && name.isPresent()
                && matchers.stream().noneMatch(matcher -> matcher.matches(name.get()))) {
            throw Refusal.of(
                    ErrorReason.CLIENTHELLO_TLSEXT,
                    AlertDescription.UNRECOGNIZED_NAME,
                    "no SNI matcher of this connection matches the name "
                            + hello.serverName().get());
        }
    }
}
