package io.omnitls.internal.engine;

import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.wire.ServerHello;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.TlsVersion;
import java.util.Optional;

/** What a server has chosen in a handshake that is not complete, so that it may still come to nothing. */
public record Chosen(TlsVersion version, CipherSuite cipher) {
    static Optional<Chosen> by(ServerHello hello) {
        Optional<TlsVersion> version =
                hello.tls13() ? Optional.of(TlsVersion.TLS_1_3) : TlsVersion.ofWire(hello.legacyVersion());
        return CipherTable.byId(hello.cipherSuite()).flatMap(cipher -> version.map(known -> new Chosen(known, cipher)));
    }
}
