package io.omnitls;

import io.omnitls.cert.PeerName;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.javax.ServerNames;
import io.omnitls.internal.wire.Refusal;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.Role;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/**
 * What one connection has for itself: its options, and what {@code SSLParameters} set over its context. Immutable.
 *
 * @param role the part of this end
 * @param alpnProtocols what stands in for the context's protocols; empty for those
 * @param identification why a client's name is checked although its context does not; empty where nobody asked
 * @param serverNameMatchers which names a server answers to; none for any name
 */
record ConnectionSettings(
        Role role,
        ConnectionOptions options,
        Optional<List<String>> alpnProtocols,
        Optional<String> identification,
        List<SNIMatcher> serverNameMatchers) {
    ConnectionSettings {
        serverNameMatchers = List.copyOf(serverNameMatchers);
    }

    static ConnectionSettings of(Role role, ConnectionOptions options) {
        return new ConnectionSettings(role, options, Optional.empty(), Optional.empty(), List.of());
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
        return new ConnectionSettings(role, changed, alpnProtocols, identification, serverNameMatchers);
    }

    ConnectionSettings withServerNameMatchers(Collection<SNIMatcher> matchers) {
        if (role == Role.CLIENT && !matchers.isEmpty()) {
            throw new UnsupportedOperationException("SNI matchers are for servers; a client sends a name");
        }
        return new ConnectionSettings(role, options, alpnProtocols, identification, List.copyOf(matchers));
    }

    ConnectionSettings withAlpnProtocols(List<String> protocols) {
        return new ConnectionSettings(role, options, Optional.of(protocols), identification, serverNameMatchers);
    }

    ConnectionSettings withIdentification(String algorithm) {
        return new ConnectionSettings(role, options, alpnProtocols, Optional.of(algorithm), serverNameMatchers);
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
