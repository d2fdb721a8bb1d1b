package io.omnitls.internal.verify;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.CertificateWishes;
import io.omnitls.internal.wire.ExtensionType;
import io.omnitls.internal.wire.Refusal;
import io.omnitls.internal.x509.SigningSchemes;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * Which of a server's identities answers a ClientHello: of those that suit the client best, the first. Backends ask their
 * key manager in ways of their own, so it is decided here for all of them. Immutable and thread-safe.
 */
public final class ServerIdentities {
    private final List<CertifiedKey> identities;
    private final List<KeyAbilities> abilities; // of each of identities
    private final List<CipherSuite> suites;
    private final List<NamedGroup> groups;

    /** How well an identity suits a client, best first. */
    private enum Fit {
        /** The client can verify all of it. */
        WHOLE,
        /** It can verify what the key signs; whether also the chain is not known (RFC 8446 section 4.4.2.2). */
        KEY,
        /** It can verify signatures with old digests alone, which a backend may refuse to make. */
        LEGACY
    }

    /**
     * @param identities in order of preference
     * @param suites the enabled suites
     * @param groups the groups that the backend negotiates; empty when that is not known
     * @param own what this end signs by
     */
    public ServerIdentities(
            List<CertifiedKey> identities, List<CipherSuite> suites, List<NamedGroup> groups, SigningSchemes own) {
        this.identities = List.copyOf(identities);
        this.abilities = identities.stream()
                .map(identity -> KeyAbilities.of(identity, own))
                .collect(Collectors.toList());
        this.suites = List.copyOf(suites);
        this.groups = List.copyOf(groups);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return identities.isEmpty();
    }

    /**
     * The identity that answers {@code hello} in {@code version}. Empty when none of several suits it for the sake of the suites:
     * then the backend says so in its own way.
     *
     * @throws TlsException when the client takes no signature of any of the keys, of which backends speak each in words and with
     *     an alert of its own, or when an extension of {@code hello} is malformed
     */
    public Optional<CertifiedKey> answer(ClientHello hello, TlsVersion version) throws TlsException {
        Map<Fit, CertifiedKey> best = new EnumMap<>(Fit.class);
        for (int i = 0; i < identities.size(); i++) {
            Optional<Fit> fit = fit(identities.get(i), abilities.get(i), hello, version);
            if (fit.isPresent()) {
                best.putIfAbsent(fit.get(), identities.get(i));
            }
        }
        if (best.isEmpty()) {
            requireVerifiable(hello, version);
        }
        return best.isEmpty() && identities.size() == 1
                ? Optional.of(identities.get(0))
                : best.values().stream().findFirst();
    }

    private Optional<Fit> fit(CertifiedKey identity, KeyAbilities key, ClientHello hello, TlsVersion version)
            throws TlsException {
        Optional<Fit> fit = version.atLeast(TlsVersion.TLS_1_3) ? tls13Fit(key, hello) : tls12Fit(key, hello);
        boolean choice = identities.size() > 1;
        return choice && fit.isPresent() && fit.get() == Fit.KEY && accepts(identity, key, hello)
                ? Optional.of(Fit.WHOLE)
                : fit;
    }

    private void requireVerifiable(ClientHello hello, TlsVersion version) throws TlsException {
        if (version.atLeast(TlsVersion.TLS_1_3)) {
            boolean signs = !hello.signatureSchemes().isEmpty()
                    && hello.extension(ExtensionType.PRE_SHARED_KEY).isEmpty();
            if (signs && abilities.stream().noneMatch(key -> key.unknown() || meet(key.schemes13(), schemes(hello)))) {
                throw Refusal.of(
                        ErrorReason.NO_SUITABLE_SIGNATURE_ALGORITHM,
                        AlertDescription.HANDSHAKE_FAILURE,
                        "no key of this server (" + keys() + ") signs by one of the client's signature schemes "
                                + hello.signatureSchemes());
            }
        } else if (version == TlsVersion.TLS_1_2
                && !mayResume(hello)
                && abilities.stream().noneMatch(key -> verifiableInTls12(key, hello))) {
            // It makes the suites unusable, and so it is no shared cipher, OpenSSL's reason.
            throw Refusal.of(
                    ErrorReason.NO_SHARED_CIPHER,
                    AlertDescription.HANDSHAKE_FAILURE,
                    "the client takes no key of this server (" + keys() + "), but those of its groups "
                            + hello.namedGroups() + " and signature schemes " + hello.signatureSchemes());
        }
    }

    private boolean verifiableInTls12(KeyAbilities key, ClientHello hello) {
        return key.unknown()
                || knowsCurve(key, hello)
                        && (meet(key.schemes12(), schemes(hello)) || meet(key.legacySchemes12(), schemes(hello)))
                || key.deciphers()
                        && suites.stream()
                                .anyMatch(suite -> KeyAbilities.encrypts(suite)
                                        && key.authenticates(suite)
                                        && hello.cipherSuites().contains(suite.id()));
    }

    /** Whether there may be no signature: RFC 5246 section 7.4.1.4.1 has the schemes ignored then. */
    private static boolean mayResume(ClientHello hello) {
        boolean ticket = hello.extension(ExtensionType.SESSION_TICKET)
                .filter(extension -> extension.data().size() > 0)
                .isPresent();
        // Clients of TLS 1.3 send an id that means nothing (RFC 8446 appendix D.4).
        return ticket || hello.sessionId().size() > 0 && !hello.offers(TlsVersion.TLS_1_3);
    }

    private String keys() {
        return abilities.stream().map(key -> key.key().description()).collect(Collectors.joining("; "));
    }

    private static Optional<Fit> tls13Fit(KeyAbilities key, ClientHello hello) {
        boolean verifiable = key.signs() && (key.unknown() || meet(key.schemes13(), schemes(hello)));
        return verifiable ? Optional.of(Fit.KEY) : Optional.empty();
    }

    private Optional<Fit> tls12Fit(KeyAbilities key, ClientHello hello) {
        if (!knowsCurve(key, hello)) {
            return Optional.empty();
        }
        boolean agrees = hello.extension(ExtensionType.SUPPORTED_GROUPS).isEmpty()
                || groups.isEmpty()
                || !Collections.disjoint(groups, hello.namedGroups());
        Optional<Fit> best = Optional.empty();
        for (CipherSuite suite : suites) {
            if (suite.tls13()
                    || !key.authenticates(suite)
                    || !hello.cipherSuites().contains(suite.id())) {
                continue;
            }
            if (KeyAbilities.encrypts(suite)) {
                best = key.deciphers() ? Optional.of(Fit.KEY) : best;
            } else if (key.signs() && (agrees || !suite.kea().equals("kx-ecdhe"))) {
                if (meet(key.schemes12(), schemes(hello))) {
                    return Optional.of(Fit.KEY);
                }
                if (meet(key.legacySchemes12(), schemes(hello))) {
                    best = best.or(() -> Optional.of(Fit.LEGACY));
                }
            }
        }
        return best;
    }

    /** RFC 8422 5.1: in TLS 1.2 supported_groups are the curves of certificates, too. */
    private static boolean knowsCurve(KeyAbilities key, ClientHello hello) {
        return key.curve().isEmpty()
                || hello.extension(ExtensionType.SUPPORTED_GROUPS).isEmpty()
                || hello.namedGroups().contains(key.curve().get());
    }

    /** Whether the client can verify the chain's signatures and trusts one of its issuers, as far as it tells. */
    private static boolean accepts(CertifiedKey identity, KeyAbilities key, ClientHello hello) throws TlsException {
        List<Integer> verifiable = CertificateWishes.signatureSchemes(hello).orElse(schemes(hello));
        List<X500Principal> trusted = CertificateWishes.authorities(hello);
        boolean issued = trusted.isEmpty()
                || identity.chain().stream()
                        .anyMatch(certificate -> trusted.contains(certificate.getIssuerX500Principal()));
        return issued && key.certificateSchemes().stream().allMatch(schemes -> meet(schemes, verifiable));
    }

    /** RFC 5246 7.4.1.4.1: a client of TLS 1.2 that sends no signature_algorithms means SHA-1 with any kind of key. */
    private static List<Integer> schemes(ClientHello hello) {
        return hello.extension(ExtensionType.SIGNATURE_ALGORITHMS).isEmpty()
                ? SHA1
                : hello.signatureSchemes().stream().map(SignatureScheme::id).collect(Collectors.toList());
    }

    private static final List<Integer> SHA1 = List.of(0x0201, 0x0202, 0x0203);

    private static boolean meet(List<Integer> some, List<Integer> others) {
        return !Collections.disjoint(some, others);
    }
}
