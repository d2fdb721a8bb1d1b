package io.omnitls.internal.settings;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.ContextSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one connection takes of what its context allows. An empty list, and an empty {@code Optional}, stand for all of it. A
 * value: contexts keep a backend's context for each of those that they saw lately.
 *
 * @param versions a range without holes, oldest first
 * @param suites in order of preference
 * @param preferServerCiphers whether a server's order decides
 * @param groups in order of preference
 * @param signatureSchemes in order of preference
 * @param clientAuth what a server asks of its clients, which is not less than its context does
 */
public record Narrowing(
        List<TlsVersion> versions,
        List<CipherSuite> suites,
        Optional<Boolean> preferServerCiphers,
        List<NamedGroup> groups,
        List<SignatureScheme> signatureSchemes,
        Optional<VerifyMode> clientAuth) {
    public static final Narrowing NONE =
            new Narrowing(List.of(), List.of(), Optional.empty(), List.of(), List.of(), Optional.empty());

    public Narrowing {
        versions = List.copyOf(versions);
        suites = List.copyOf(suites);
        groups = List.copyOf(groups);
        signatureSchemes = List.copyOf(signatureSchemes);
    }

    public Narrowing withVersions(List<TlsVersion> chosen) {
        return new Narrowing(chosen, suites, preferServerCiphers, groups, signatureSchemes, clientAuth);
    }

    public Narrowing withSuites(List<CipherSuite> chosen) {
        return new Narrowing(versions, chosen, preferServerCiphers, groups, signatureSchemes, clientAuth);
    }

    public Narrowing withPreferServerCiphers(boolean prefer) {
        return new Narrowing(versions, suites, Optional.of(prefer), groups, signatureSchemes, clientAuth);
    }

    public Narrowing withGroups(List<NamedGroup> chosen) {
        return new Narrowing(versions, suites, preferServerCiphers, chosen, signatureSchemes, clientAuth);
    }

    public Narrowing withSignatureSchemes(List<SignatureScheme> chosen) {
        return new Narrowing(versions, suites, preferServerCiphers, groups, chosen, clientAuth);
    }

    public Narrowing withClientAuth(VerifyMode mode) {
        return new Narrowing(versions, suites, preferServerCiphers, groups, signatureSchemes, Optional.of(mode));
    }

    /** Those of {@code allowed}, oldest first, that are left and for which a suite is left. */
    public List<TlsVersion> versionsOf(List<TlsVersion> allowed, List<CipherSuite> allowedSuites) {
        List<CipherSuite> left = suites.isEmpty() ? allowedSuites : suites;
        return allowed.stream()
                .filter(version -> versions.isEmpty() || versions.contains(version))
                .filter(version -> left.stream().anyMatch(suite -> fits(suite, version)))
                .collect(Collectors.toList());
    }

    /** Those of {@code allowed} that are left, in this order, and that a version is left for. */
    public List<CipherSuite> suitesOf(List<TlsVersion> allowedVersions, List<CipherSuite> allowed) {
        List<TlsVersion> left = versionsOf(allowedVersions, allowed);
        return (suites.isEmpty() ? allowed : suites)
                .stream()
                        .filter(allowed::contains)
                        .filter(suite -> left.stream().anyMatch(version -> fits(suite, version)))
                        .collect(Collectors.toList());
    }

    private static boolean fits(CipherSuite suite, TlsVersion version) {
        return suite.tls13() == (version == TlsVersion.TLS_1_3);
    }

    /** What a connection asks of its peer where the context asks for {@code least}. */
    public VerifyMode clientAuthOver(VerifyMode least) {
        return clientAuth.filter(mode -> mode.compareTo(least) > 0).orElse(least);
    }

    private static <T> List<T> of(List<T> chosen, List<T> allowed) {
        return chosen.isEmpty() ? allowed : chosen;
    }

    /**
     * Those of {@code chosen} that are allowed: a {@code ServerNameCallback} may hand the connection to a context that allows less
     * than the one whose settings these are. Nothing in {@code allowed} stands for the backend's own.
     */
    private static <T> List<T> leftOf(String what, List<T> chosen, List<T> allowed) throws TlsException {
        if (chosen.isEmpty() || allowed.isEmpty()) {
            return of(chosen, allowed);
        }
        List<T> left = chosen.stream().filter(allowed::contains).collect(Collectors.toList());
        if (left.isEmpty()) {
            throw new TlsException(
                    ErrorReason.NO_PROTOCOLS_AVAILABLE,
                    "this connection was told to use the " + what + " " + chosen
                            + ", of which its context has none, but " + allowed,
                    TlsAlert.sent(AlertDescription.HANDSHAKE_FAILURE));
        }
        return left;
    }

    /**
     * {@code whole} with what is left of it.
     *
     * @throws TlsException NO_PROTOCOLS_AVAILABLE when that is nothing: the versions that were chosen have none of the suites
     */
    public ContextSpec of(ContextSpec whole) throws TlsException {
        if (equals(NONE)) {
            return whole;
        }
        List<TlsVersion> left = versionsOf(whole.versions(), whole.cipherSuites());
        List<CipherSuite> suitesLeft = suitesOf(whole.versions(), whole.cipherSuites());
        if (suitesLeft.isEmpty()) {
            throw new TlsException(
                    ErrorReason.NO_PROTOCOLS_AVAILABLE,
                    "this connection was told to use the versions " + of(versions, whole.versions())
                            + " and the cipher suites " + of(suites, whole.cipherSuites())
                            + ", of which no two go together in its context",
                    TlsAlert.sent(AlertDescription.HANDSHAKE_FAILURE));
        }
        return whole.toBuilder()
                .versions(left)
                .cipherSuites(suitesLeft)
                .preferServerCiphers(preferServerCiphers.orElse(whole.preferServerCiphers()))
                .groups(leftOf("groups", groups, whole.groups()))
                .verifyMode(clientAuthOver(whole.verifyMode()))
                .signatureSchemes(leftOf("signature schemes", signatureSchemes, whole.signatureSchemes()))
                .build();
    }
}
