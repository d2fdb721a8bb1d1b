package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.cert.Credentials;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.PlainTls;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.ECKey;
import java.security.spec.ECParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rule 10.21 where a security provider of the application's signs by asking a service over the JDK's own TLS. SunJSSE takes
 * the signature from the process-wide list, so no code of ours stands between it and the key.
 */
class RemoteKeyTest {
    private final TestAuthority authority = TestAuthority.create("Test Root");
    private final RemoteKeys provider = new RemoteKeys();

    @BeforeEach
    void addProvider() {
        Security.addProvider(provider);
    }

    @AfterEach
    void removeProvider() {
        Security.removeProvider(provider.getName());
    }

    @Test
    void theServiceBehindAKeyIsNotTakenForTheConnection() throws Exception {
        for (TlsVersion outer : List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)) {
            for (TlsVersion inner : List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)) {
                connect(outer, inner);
            }
        }
    }

    private void connect(TlsVersion outer, TlsVersion inner) throws Exception {
        PlainTls service = new PlainTls(authority.server(KeyKind.EC));
        int[] signatures = {0};
        Remote remote = () -> {
            service.connect(inner);
            signatures[0]++;
        };
        Queue<String> clientLines = new ConcurrentLinkedQueue<>();
        Queue<String> serverLines = new ConcurrentLinkedQueue<>();
        ServerContext server = ServerContext.builder()
                .provider("jsse")
                .certificateChain(remote(authority.server(KeyKind.EC), remote))
                .verifyLocations(authority.trust())
                .verifyMode(VerifyMode.REQUIRED)
                .minimumVersion(outer)
                .maximumVersion(outer)
                .exporters(true)
                .keyLog(serverLines::add)
                .build();
        ClientContext client = ClientContext.builder()
                .provider("jsse")
                .certificateChain(remote(authority.client(KeyKind.EC), remote))
                .verifyLocations(authority.trust())
                .exporters(true)
                .keyLog(clientLines::add)
                .build();
        signatures[0] = 0; // a context tries whether key and certificate belong together
        try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            assertArrayEquals(
                    pair.client().exportKeyingMaterial("EXPERIMENTAL-x", 20),
                    pair.server().exportKeyingMaterial("EXPERIMENTAL-x", 20));
        }
        assertEquals(2, signatures[0], "both ends have signed");
        assertEquals(outer == TlsVersion.TLS_1_3 ? 5 : 1, serverLines.size(), serverLines::toString);
        assertEquals(new TreeSet<>(serverLines), new TreeSet<>(clientLines));
    }

    private static Credentials remote(TestIdentity identity, Remote remote) {
        return Credentials.of(
                new RemoteKey(identity.privateKey(), ((ECKey) identity.privateKey()).getParams(), remote),
                List.of(identity.certificate()));
    }

    private interface Remote {
        void ask() throws Exception;
    }

    private record RemoteKey(PrivateKey key, ECParameterSpec params, Remote remote) implements PrivateKey, ECKey {
        @Override
        public ECParameterSpec getParams() {
            return params;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        @SuppressWarnings("NullAway") // says Key of a key without an encoding
        public String getFormat() {
            return null;
        }

        @Override
        @SuppressWarnings("NullAway")
        public byte[] getEncoded() {
            return null;
        }
    }

    private static final class RemoteKeys extends Provider {
        private static final long serialVersionUID = 1L;

        RemoteKeys() {
            super("RemoteKeys", "1", "signs with keys that are elsewhere");
            for (String algorithm : List.of("NONEwithECDSA", "SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA")) {
                putService(new Service(this, "Signature", algorithm, RemoteSignature.class.getName(), null, null) {
                    @Override
                    public Object newInstance(Object parameter) {
                        return new RemoteSignature(algorithm);
                    }

                    @Override
                    public boolean supportsParameter(Object parameter) {
                        return parameter instanceof RemoteKey;
                    }
                });
            }
        }
    }

    @SuppressWarnings("deprecation") // SignatureSpi has to have what is deprecated
    private static final class RemoteSignature extends SignatureSpi {
        private final String algorithm;
        private Optional<Signature> signature = Optional.empty();
        private Optional<Remote> remote = Optional.empty();

        RemoteSignature(String algorithm) {
            this.algorithm = algorithm;
        }

        @Override
        protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
            throw new InvalidKeyException("it signs alone");
        }

        @Override
        protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
            if (!(privateKey instanceof RemoteKey key)) {
                throw new InvalidKeyException("not mine");
            }
            try {
                Signature local = Signature.getInstance(algorithm, "SunEC");
                local.initSign(key.key());
                signature = Optional.of(local);
                remote = Optional.of(key.remote());
            } catch (java.security.GeneralSecurityException e) {
                throw new InvalidKeyException(e);
            }
        }

        @Override
        protected void engineUpdate(byte value) throws SignatureException {
            signature.orElseThrow().update(value);
        }

        @Override
        protected void engineUpdate(byte[] values, int offset, int length) throws SignatureException {
            signature.orElseThrow().update(values, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            try {
                remote.orElseThrow().ask();
            } catch (Exception e) {
                throw new SignatureException("the service is not reached", e);
            }
            return signature.orElseThrow().sign();
        }

        @Override
        protected boolean engineVerify(byte[] signatureBytes) throws SignatureException {
            throw new SignatureException("it signs alone");
        }

        @Override
        protected void engineSetParameter(String parameter, Object value) {}

        @Override
        protected Object engineGetParameter(String parameter) {
            throw new UnsupportedOperationException(parameter);
        }
    }
}
