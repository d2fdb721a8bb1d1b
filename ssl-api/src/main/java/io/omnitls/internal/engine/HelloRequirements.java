package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.verify.ServerIdentities;
import io.omnitls.internal.wire.ClientHelloRules;
import io.omnitls.internal.wire.ExtensionType;
import io.omnitls.internal.wire.Refusal;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.spi.TlsProvider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server has to find in a ClientHello before a backend sees it. Backends would find out too, each in words and with an
 * alert of its own.
 *
 * @param versions the enabled versions, oldest first
 * @param identities those of the server
 */
public record HelloRequirements(TlsProvider provider, List<TlsVersion> versions, ServerIdentities identities) {

    /** The version of the answer to {@code hello}, if there is one. */
    public TlsVersion require(ClientHello hello) throws TlsException {
        TlsVersion version = negotiated(hello);
        ClientHelloRules.require(hello, version, newest());
        requireIdentity();
        requireTakenName(hello);
        return version;
    }

    private TlsVersion newest() {
        return versions.get(versions.size() - 1);
    }

    /** The newest version that both ends have. */
    private TlsVersion negotiated(ClientHello hello) throws TlsException {
        boolean lists = hello.extension(ExtensionType.SUPPORTED_VERSIONS).isPresent();
        for (int i = versions.size() - 1; i >= 0; i--) {
            TlsVersion version = versions.get(i);
            // Without supported_versions a client takes any version up to the one it names (RFC 8446 appendix D.2), and
            // that is TLS 1.2 at most (section 4.2.1).
            boolean offered = lists
                    ? hello.offers(version)
                    : hello.legacyVersion() >= version.wireVersion() && !version.atLeast(TlsVersion.TLS_1_3);
            if (offered) {
                return version;
            }
        }
        throw Refusal.of(
                ErrorReason.UNSUPPORTED_PROTOCOL,
                AlertDescription.PROTOCOL_VERSION,
                "the client offers none of the versions " + versions.get(0) + " to " + newest());
    }

    /** Without a key no cipher suite can be used: OpenSSL's reason in TLS 1.2, and ours in TLS 1.3 as well. */
    private void requireIdentity() throws TlsException {
        if (identities.isEmpty()) {
            throw Refusal.of(
                    ErrorReason.NO_SHARED_CIPHER,
                    AlertDescription.HANDSHAKE_FAILURE,
                    "this server has no certificate and key, without which no cipher suite can be used;"
                            + " give them to its context with certificateChain");
        }
    }

    /** A backend that cannot take the name would end the connection all the same, with an alert of its own. */
    private void requireTakenName(ClientHello hello) throws TlsException {
        Optional<String> name = hello.serverName();
        if (name.isPresent()
                && !provider.capabilities().has(Feature.ANY_SERVER_NAME)
                && !HOST_NAME.matcher(name.get()).matches()) {
            throw Refusal.of(
                    ErrorReason.CLIENTHELLO_TLSEXT,
                    AlertDescription.UNRECOGNIZED_NAME,
                    "the client asks for a server name that is no host name (letters, digits and inner hyphens), which"
                            + " provider '" + provider.name() + "' cannot take; choose one with "
                            + Feature.ANY_SERVER_NAME);
        }
    }

    /** RFC 952 and RFC 1123 section 2.1: what every backend takes. */
    private static final Pattern HOST_NAME =
            Pattern.compile("(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*");
}
