package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.internal.wire.ExtensionType;
import io.omnitls.internal.x509.SigningSchemes;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.ClientHello.Extension;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

/** What of a ClientHello decides between two identities in TLS 1.3, where no suite does. */
class ServerIdentitiesTest {
    private static final int RSA_PKCS1_SHA256 = 0x0401;
    private static final int RSA_PSS_RSAE_SHA256 = 0x0804;
    private static final int ECDSA_SECP256R1_SHA256 = 0x0403;
    private static final int ECDSA_SECP384R1_SHA384 = 0x0503;

    private final CertifiedKey rsa = identity("CN=RSA CA", rsaKey());
    private final CertifiedKey ec = identity("CN=EC CA", Keys.p256(0));
    private final ServerIdentities identities = new ServerIdentities(
            List.of(ec, rsa),
            List.of(),
            List.of(),
            new SigningSchemes(List.of(), Capabilities.builder().build()));

    private static KeyPair rsaKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** An authority of the same kind of key has signed it. */
    private static CertifiedKey identity(String issuer, KeyPair key) {
        Instant now = Instant.now();
        try {
            return new CertifiedKey(
                    key.getPrivate(),
                    List.of(new Forge()
                            .subject("CN=server")
                            .issuer(issuer)
                            .serial(1)
                            .valid(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)))
                            .certificate(key, key)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static ClientHello hello(List<Integer> schemes, Extension... more) {
        List<Extension> extensions = new ArrayList<>(Arrays.asList(more));
        extensions.add(new Extension(ExtensionType.SIGNATURE_ALGORITHMS, Bytes.copyOf(new byte[0])));
        return ClientHello.builder()
                .cipherSuites(List.of(0x1301))
                .compressionMethods(List.of(0))
                .extensions(extensions)
                .supportedVersions(List.of(0x0304))
                .namedGroups(List.of(NamedGroup.X25519))
                .signatureSchemes(schemes.stream().map(SignatureScheme::of).collect(Collectors.toList()))
                .keyShares(List.of(NamedGroup.X25519))
                .build();
    }

    private Optional<CertifiedKey> answer(ClientHello hello) throws TlsException {
        return identities.answer(hello, TlsVersion.TLS_1_3);
    }

    private static Extension authorities(byte[] name) {
        byte[] list = new byte[name.length + 4];
        list[1] = (byte) (name.length + 2);
        list[3] = (byte) name.length;
        System.arraycopy(name, 0, list, 4, name.length);
        return new Extension(ExtensionType.CERTIFICATE_AUTHORITIES, Bytes.copyOf(list));
    }

    @Test
    void theFirstWhoseKeyTheClientCanVerify() throws Exception {
        assertEquals(
                Optional.of(ec), answer(hello(List.of(RSA_PSS_RSAE_SHA256, RSA_PKCS1_SHA256, ECDSA_SECP256R1_SHA256))));
        assertEquals(Optional.of(rsa), answer(hello(List.of(RSA_PSS_RSAE_SHA256, RSA_PKCS1_SHA256))));
    }

    @Test
    void inTls13ASchemeOfAnotherCurveOrPaddingIsNone() throws Exception {
        assertEquals(Optional.of(rsa), answer(hello(List.of(ECDSA_SECP384R1_SHA384, RSA_PSS_RSAE_SHA256))));
        TlsException refusal = assertThrows(
                TlsException.class, () -> answer(hello(List.of(ECDSA_SECP384R1_SHA384, RSA_PKCS1_SHA256))));
        assertEquals(ErrorReason.NO_SUITABLE_SIGNATURE_ALGORITHM, refusal.reason());
        String said = String.valueOf(refusal.getMessage());
        assertTrue(said.contains("EC on secp256r1; RSA of 2048 bits"), said);
    }

    @Test
    void aChainThatTheClientCanVerifyGoesBeforeOneThatItCannot() throws Exception {
        Extension certificates = new Extension(
                ExtensionType.SIGNATURE_ALGORITHMS_CERT, Bytes.copyOf(new byte[] {0, 2, RSA_PKCS1_SHA256 >> 8, 1}));
        List<Integer> both = List.of(ECDSA_SECP256R1_SHA256, RSA_PSS_RSAE_SHA256);
        assertEquals(Optional.of(rsa), answer(hello(both, certificates)));
        // None is verifiable as a whole: the key decides.
        assertEquals(Optional.of(ec), answer(hello(List.of(ECDSA_SECP256R1_SHA256), certificates)));
    }

    @Test
    void anIssuerThatTheClientTrustsGoesBeforeOthers() throws Exception {
        List<Integer> both = List.of(ECDSA_SECP256R1_SHA256, RSA_PSS_RSAE_SHA256, RSA_PKCS1_SHA256);
        X500Principal issuer = rsa.leaf().getIssuerX500Principal();
        assertEquals(Optional.of(rsa), answer(hello(both, authorities(issuer.getEncoded()))));
        byte[] stranger = new X500Principal("CN=stranger").getEncoded();
        assertEquals(Optional.of(ec), answer(hello(both, authorities(stranger))));
    }

    @Test
    void aMalformedNameIsTheClientsFault() {
        assertThrows(
                TlsException.class,
                () -> answer(hello(List.of(ECDSA_SECP256R1_SHA256), authorities(new byte[] {1, 2, 3}))));
    }
}
