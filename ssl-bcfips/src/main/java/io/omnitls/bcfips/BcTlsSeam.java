package io.omnitls.bcfips;

import io.omnitls.spi.EngineCall;
import java.io.IOException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDHConfig;
import org.bouncycastle.tls.crypto.TlsDHDomain;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * A look into the handshake. The backend's TLS takes its cryptography from a replaceable factory; ours makes the same
 * objects, and tells the connection at work what passes by: the group of the key exchange, the parameters that were
 * negotiated, the cipher that protects the records, and the secret that exporters start from.
 *
 * <p>The factory serves all connections of a context. The backend has no delegated tasks: all it does for a connection
 * happens inside a call of that connection's engine, on the caller's thread, so {@link EngineCall} tells whose turn it is.
 */
final class BcTlsSeam extends JcaTlsCryptoProvider {
    private BcTlsSeam() {}

    /** Cryptography from {@code module} alone. */
    static JcaTlsCryptoProvider over(Provider module) {
        return new BcTlsSeam().setProvider(module);
    }

    /** The connection that this thread works for. */
    static Optional<ConnectionFacts> connectionAtWork() {
        return EngineCall.engine(BcFipsEngine.class).map(BcFipsEngine::facts);
    }

    @Override
    public JcaTlsCrypto create(SecureRandom random, SecureRandom nonces) {
        return new Crypto(getHelper(), getAltHelper(), random, nonces);
    }

    private static final class Crypto extends JcaTlsCrypto {
        Crypto(JcaJceHelper helper, JcaJceHelper alternative, SecureRandom random, SecureRandom nonces) {
            super(helper, alternative, random, nonces);
        }

        @Override
        public TlsCipher createCipher(TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm)
                throws IOException {
            RecordCipher cipher = new RecordCipher(super.createCipher(parameters, encryptionAlgorithm, macAlgorithm));
            RequestedNames.keepListable(parameters);
            connectionAtWork().ifPresent(connection -> connection.protectedBy(cipher, parameters));
            return cipher;
        }

        @Override
        public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
            return type == CertificateType.X509
                    ? PeerCertificate.of(this, encoding)
                    : super.createCertificate(type, encoding);
        }

        @Override
        public TlsSecret createSecret(byte[] data) {
            return ObservedSecret.of(this, super.createSecret(data));
        }

        @Override
        public TlsSecret adoptSecret(TlsSecret secret) {
            return ObservedSecret.of(this, super.adoptSecret(secret));
        }

        @Override
        public TlsSecret hkdfInit(int hash) {
            return ObservedSecret.of(this, super.hkdfInit(hash));
        }

        @Override
        public TlsSecret generateRSAPreMasterSecret(ProtocolVersion version) {
            return ObservedSecret.of(this, super.generateRSAPreMasterSecret(version));
        }

        @Override
        public TlsECDomain createECDomain(TlsECConfig config) {
            TlsECDomain domain = super.createECDomain(config);
            return () -> new Agreement(this, domain.createECDH(), config.getNamedGroup());
        }

        @Override
        public TlsDHDomain createDHDomain(TlsDHConfig config) {
            TlsDHDomain domain = super.createDHDomain(config);
            return () -> new Agreement(this, domain.createDH(), config.getNamedGroup());
        }
    }

    /** A client may begin several and complete one: that names the group. Custom DH parameters have a negative one. */
    private record Agreement(JcaTlsCrypto crypto, TlsAgreement agreement, int group) implements TlsAgreement {
        @Override
        public byte[] generateEphemeral() throws IOException {
            return agreement.generateEphemeral();
        }

        @Override
        public void receivePeerValue(byte[] peerValue) throws IOException {
            agreement.receivePeerValue(peerValue);
        }

        @Override
        public TlsSecret calculateSecret() throws IOException {
            TlsSecret secret = agreement.calculateSecret();
            connectionAtWork().ifPresent(connection -> connection.agreedIn(group));
            return ObservedSecret.of(crypto, secret);
        }
    }
}
