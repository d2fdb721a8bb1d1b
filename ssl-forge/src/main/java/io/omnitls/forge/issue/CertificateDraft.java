package io.omnitls.forge.issue;

import io.omnitls.forge.Der;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Names;
import io.omnitls.forge.Scheme;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a certificate will say. Immutable: each method that changes something returns another draft. Each certificate that
 * is issued of one has a new key and a new serial number.
 *
 * <p>Valid from an hour ago for thirty days, with a P-256 key, unless it is said otherwise. What it has of RFC 5280:
 * basicConstraints, keyUsage, extKeyUsage for what it is for, subjectAltName, and the identifiers of its key and its
 * issuer's.
 */
public final class CertificateDraft {
    private static final int KEY_ENCIPHERMENT = 0x20;
    /** RFC 5280 4.1.2.2: at most 20 bytes; the web's authorities use 64 bits or more. */
    private static final int SERIAL_BITS = 120;

    private static final int MAX_COMMON_NAME = 64; // RFC 5280 appendix A.1: ub-common-name
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Role role;
    private final String commonName;
    private final List<String> names;
    private final KeyType keyType;
    private final Instant from;
    private final Instant to;

    private enum Role {
        AUTHORITY,
        SERVER,
        CLIENT
    }

    private CertificateDraft(
            Role role, String commonName, List<String> names, KeyType keyType, Instant from, Instant to) {
        this.role = role;
        this.commonName = commonName;
        this.names = names;
        this.keyType = keyType;
        this.from = from;
        this.to = to;
    }

    private static CertificateDraft of(Role role, String commonName, List<String> names) {
        if (commonName.isBlank() || commonName.length() > MAX_COMMON_NAME) {
            throw new IllegalArgumentException(
                    "a common name has 1 to " + MAX_COMMON_NAME + " characters, not " + commonName.length());
        }
        Instant now = Instant.now();
        return new CertificateDraft(
                role, commonName, names, KeyType.EC, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(30)));
    }

    /**
     * An authority, which issues others.
     *
     * @throws IllegalArgumentException when the name is empty or longer than 64 characters
     */
    public static CertificateDraft authority(String commonName) {
        return of(Role.AUTHORITY, Objects.requireNonNull(commonName, "commonName"), List.of());
    }

    /**
     * A server.
     *
     * @param names host names, which may begin with {@code *.}, and IP addresses; the first is its common name too, where
     *     that is short enough
     * @throws IllegalArgumentException when there is none, or one is neither
     */
    public static CertificateDraft server(List<String> names) {
        List<String> written = SubjectNames.written(List.copyOf(names));
        if (written.isEmpty()) {
            throw new IllegalArgumentException("a server's certificate needs a name");
        }
        return of(Role.SERVER, written.get(0).length() > MAX_COMMON_NAME ? "server" : written.get(0), written);
    }

    /**
     * A client.
     *
     * @throws IllegalArgumentException when the name is empty or longer than 64 characters
     */
    public static CertificateDraft client(String commonName) {
        return of(Role.CLIENT, Objects.requireNonNull(commonName, "commonName"), List.of());
    }

    /** The same with a key of this kind. */
    public CertificateDraft keyType(KeyType type) {
        return new CertificateDraft(role, commonName, names, Objects.requireNonNull(type, "type"), from, to);
    }

    /**
     * The same, valid from the first moment to the last one.
     *
     * @throws IllegalArgumentException when the last comes before the first
     */
    public CertificateDraft valid(Instant first, Instant last) {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("valid from " + first + " to " + last + ": that is never");
        }
        return new CertificateDraft(role, commonName, names, keyType, first, last);
    }

    /** A certificate that its own key signs. */
    public IssuedCertificate selfSigned() {
        return issue(Optional.empty());
    }

    /** A certificate that {@code authority} signs. */
    public IssuedCertificate issuedBy(IssuedCertificate authority) {
        return issue(Optional.of(authority));
    }

    private IssuedCertificate issue(Optional<IssuedCertificate> authority) {
        try {
            KeyPair key = keyType.generate();
            PublicKey issuerKey =
                    authority.map(issuer -> issuer.certificate().getPublicKey()).orElse(key.getPublic());
            byte[] subject = Names.commonName(commonName);
            Forge forge = new Forge()
                    .subject(subject)
                    .issuer(authority
                            .map(issuer -> issuer.certificate()
                                    .getSubjectX500Principal()
                                    .getEncoded())
                            .orElse(subject))
                    .serial(Der.integer(new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS)))
                    .valid(from, to)
                    .extension(Extensions.SUBJECT_KEY_IDENTIFIER, false, Der.octets(identifier(key.getPublic())));
            if (authority.isPresent()) {
                forge.extension(
                        Extensions.AUTHORITY_KEY_IDENTIFIER,
                        false,
                        Extensions.authorityKeyIdentifier(identifier(issuerKey)));
            }
            extendForRole(forge, authority.isPresent());
            Scheme signer =
                    Scheme.usual(authority.map(IssuedCertificate::privateKey).orElse(key.getPrivate()));
            byte[] der = forge.certificate(key.getPublic().getEncoded(), signer);
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new IssuedCertificate(certificate, key.getPrivate(), path(authority));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the JDK does not make or use its own key", e);
        }
    }

    private void extendForRole(Forge forge, boolean issued) {
        if (role == Role.AUTHORITY) {
            forge.extension(Extensions.BASIC_CONSTRAINTS, true, Extensions.basicConstraints(true, issued ? 0 : -1))
                    .extension(
                            Extensions.KEY_USAGE,
                            true,
                            Extensions.keyUsage(Extensions.KEY_CERT_SIGN | Extensions.CRL_SIGN));
            return;
        }
        int usage = Extensions.DIGITAL_SIGNATURE | (keyType == KeyType.RSA ? KEY_ENCIPHERMENT : 0);
        forge.extension(Extensions.BASIC_CONSTRAINTS, true, Extensions.basicConstraints(false, -1))
                .extension(Extensions.KEY_USAGE, true, Extensions.keyUsage(usage))
                .extension(
                        Extensions.EXTENDED_KEY_USAGE,
                        false,
                        Extensions.extendedKeyUsage(
                                role == Role.SERVER ? Extensions.SERVER_AUTH : Extensions.CLIENT_AUTH));
        if (!names.isEmpty()) {
            forge.extension(Extensions.SUBJECT_ALT_NAME, false, SubjectNames.extension(names));
        }
    }

    /** What is sent after a certificate of {@code authority}: everything up to the root, which everybody has. */
    private static List<X509Certificate> path(Optional<IssuedCertificate> authority) {
        if (authority.isEmpty() || authority.get().isSelfSigned()) {
            return List.of();
        }
        List<X509Certificate> path = new ArrayList<>();
        path.add(authority.get().certificate());
        path.addAll(authority.get().issuers());
        return path;
    }

    /** RFC 5280 4.2.1.2, method 1, but over the whole SubjectPublicKeyInfo: any value that tells keys apart is right. */
    private static byte[] identifier(PublicKey key) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
    }
}
