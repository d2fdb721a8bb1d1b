package io.omnitls.spi;

import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.TlsVersion;
import java.util.List;
import java.util.Optional;

/** What one connection's engine has to be told beyond its context. */
public sealed interface EngineSpec {

    /**
     * A client's engine.
     *
     * @param serverName the name for SNI: an A-label, never an address, without a trailing dot; empty sends none
     * @param applicationProtocols the protocols to offer by ALPN, each char one byte; empty offers none
     * @param session the {@link TlsEngine#session} of the earlier connection to resume; empty for a full handshake
     * @param secrets where {@link SecretUse#KEY_LOG} is wanted, who writes it; otherwise empty
     */
    record Client(
            Optional<String> serverName,
            List<String> applicationProtocols,
            Optional<ResumableSession> session,
            Optional<SecretListener> secrets)
            implements EngineSpec {
        public Client {
            applicationProtocols = List.copyOf(applicationProtocols);
        }
    }

    /**
     * A server's engine, made after the ClientHello was read; the same bytes will be fed to it.
     *
     * @param clientHello what the client said
     * @param version the version of the answer, which is one of the context's and of the client's
     * @param applicationProtocol the protocol to select by ALPN, one of those offered; empty goes on without ALPN
     * @param secrets where {@link SecretUse#KEY_LOG} is wanted, who writes it; otherwise empty
     */
    record Server(
            ClientHello clientHello,
            TlsVersion version,
            Optional<String> applicationProtocol,
            Optional<SecretListener> secrets)
            implements EngineSpec {}

    /** Who writes the key log, where one is wanted. */
    Optional<SecretListener> secrets();
}
