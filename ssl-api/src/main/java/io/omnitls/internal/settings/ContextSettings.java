package io.omnitls.internal.settings;

import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsOption;

/**
 * All that a context is asked for, but for the callbacks. Immutable, so that a context and any number of builders that start
 * from it can share it.
 *
 * @param postHandshakeAuth whether authentication after the handshake is asked for
 */
public record ContextSettings(
        BackendSettings backend,
        ProtocolSettings protocol,
        NegotiationSettings negotiation,
        IdentitySettings identity,
        VerificationSettings verification,
        SessionSettings sessions,
        SecretSettings secrets,
        boolean postHandshakeAuth) {

    /** What holds before anybody has asked for anything. */
    public static ContextSettings of(Role role) {
        return new ContextSettings(
                BackendSettings.DEFAULT,
                role == Role.CLIENT
                        ? ProtocolSettings.DEFAULT
                        : ProtocolSettings.DEFAULT.with(TlsOption.CIPHER_SERVER_PREFERENCE),
                NegotiationSettings.DEFAULT,
                IdentitySettings.DEFAULT,
                role == Role.CLIENT ? VerificationSettings.OF_SERVERS : VerificationSettings.OF_CLIENTS,
                SessionSettings.DEFAULT,
                SecretSettings.DEFAULT,
                false);
    }
}
