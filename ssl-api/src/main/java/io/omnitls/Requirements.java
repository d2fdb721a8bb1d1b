package io.omnitls;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.cert.Credentials;
import io.omnitls.cert.OcspStapling;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.internal.verify.IdentityCheck;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsOption;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import io.omnitls.spi.SecretUse;
import io.omnitls.spi.SessionSpec;
import io.omnitls.spi.TlsProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Holds a context's wishes against what its provider can do: the one place where a wish is refused. */
final class Requirements {
    private final TlsProvider provider;

    Requirements(TlsProvider provider) {
        this.provider = provider;
    }

    /**
     * Refuses the context unless the provider passes.
     *
     * @param what what is asked for, as a noun phrase
     */
    void require(String what, Predicate<Capabilities> test) {
        if (!test.test(provider.capabilities())) {
            List<String> alternatives = TlsProviders.available().stream()
                    .filter(other -> test.test(other.capabilities()))
                    .map(TlsProvider::name)
                    .toList();
            throw new UnsupportedFeatureException(provider.name(), what, alternatives);
        }
    }

    void require(Feature feature) {
        require(feature.phrase(), capabilities -> capabilities.has(feature));
    }

    /**
     * The versions of a range, oldest first; TLS 1.2 to the provider's newest where no bound is given.
     *
     * @param options may exclude some of them
     */
    List<TlsVersion> versions(Optional<TlsVersion> minimum, Optional<TlsVersion> maximum, Set<TlsOption> options) {
        minimum.ifPresent(this::requireVersion);
        maximum.ifPresent(this::requireVersion);
        TlsVersion oldest = minimum.orElse(TlsVersion.TLS_1_2);
        TlsVersion newest = maximum.orElse(TlsVersion.TLS_1_3);
        if (oldest.compareTo(newest) > 0) {
            throw new IllegalArgumentException("no version is at least " + oldest + " and at most " + newest
                    + (minimum.isPresent() ? "" : "; set minimumVersion too"));
        }
        List<TlsVersion> range = provider.capabilities().versions().stream()
                .filter(version -> version.atLeast(oldest) && newest.atLeast(version))
                .toList();
        if (range.isEmpty()) {
            throw new IllegalArgumentException("provider '" + provider.name() + "' has no version from " + oldest
                    + " to " + newest + ", it has " + provider.capabilities().versions());
        }
        return without(options, range);
    }

    private static List<TlsVersion> without(Set<TlsOption> options, List<TlsVersion> range) {
        List<TlsVersion> left = range.stream()
                .filter(version -> !options.contains(TlsOption.excluding(version)))
                .toList();
        if (left.isEmpty()) {
            throw new IllegalArgumentException("the options exclude all of the versions " + range);
        }
        TlsVersion newest = left.get(left.size() - 1);
        // A client names the newest of its versions (before TLS 1.3), and a server may choose any that is older.
        if (!range.subList(range.indexOf(left.get(0)), range.indexOf(newest) + 1)
                .equals(left)) {
            throw new IllegalArgumentException("the options leave a hole in the versions " + range + ": " + left);
        }
        return left;
    }

    /** How sessions are kept. */
    SessionSpec sessions(Role role, SessionWishes wishes, Set<TlsOption> options, List<TlsVersion> versions) {
        boolean ticketsTls12 = !options.contains(TlsOption.NO_TICKET);
        List<Integer> possible = provider.capabilities().sessionTickets();
        if (!ticketsTls12 && provider.capabilities().has(Feature.SESSION_TICKETS_TLS12)) {
            require(Feature.SESSION_TICKET_CHOICE);
        }
        int newTickets = wishes.tickets().orElse(possible.get(0));
        require(
                newTickets + " session tickets after a handshake; it sends " + possible,
                capabilities -> capabilities.sessionTickets().contains(newTickets));
        if (role == Role.SERVER && !ticketsTls12 && newTickets > 0 && versions.contains(TlsVersion.TLS_1_3)) {
            require(Feature.STATEFUL_TICKETS_TLS13);
        }
        if (wishes.timeout().isPresent()) {
            require(
                    versions.stream()
                            .filter(version -> newTickets > 0 || version != TlsVersion.TLS_1_3)
                            .toList(),
                    Feature.SESSION_TIMEOUT_TLS12,
                    Feature.SESSION_TIMEOUT_TLS13);
        }
        if (wishes.cacheSize().isPresent()) {
            require(Feature.SESSION_CACHE_SIZE);
        }
        return new SessionSpec(ticketsTls12, newTickets, wishes.cacheSize(), wishes.timeout());
    }

    /** What is always on with this backend cannot be turned off. */
    void clearedOptions(Set<TlsOption> cleared) {
        if (cleared.contains(TlsOption.NO_TICKET)) {
            require(Feature.SESSION_TICKETS_TLS12);
        }
    }

    private void requireVersion(TlsVersion version) {
        if (version == TlsVersion.SSL_3_0) {
            throw new IllegalArgumentException("SSL 3.0 is prohibited (RFC 7568); the oldest choice is TLS 1.0");
        }
        require(version.protocolName(), capabilities -> capabilities.versions().contains(version));
    }

    /** Whether the backend can be told which suites it may use, and whose order counts. */
    void cipherChoice(Role role, boolean preferServer, List<CipherSuite> suites, List<TlsVersion> versions) {
        if (role == Role.SERVER && !preferServer) {
            require(Feature.CLIENT_CIPHER_PREFERENCE);
        }
        List<CipherSuite> own = provider.capabilities().cipherSuites().stream()
                .flatMap(name -> CipherTable.byIana(name).stream())
                .filter(CipherSuite::tls13)
                .toList();
        List<CipherSuite> chosen = suites.stream().filter(CipherSuite::tls13).toList();
        for (CipherSuite suite : chosen) {
            require(
                    "the cipher suite " + suite.ianaName(),
                    capabilities -> capabilities.cipherSuites().contains(suite.ianaName()));
        }
        if (versions.contains(TlsVersion.TLS_1_3) && !own.equals(chosen)) {
            require(Feature.TLS13_CIPHER_CHOICE);
        }
    }

    void groups(List<NamedGroup> groups) {
        if (groups.isEmpty()) {
            return;
        }
        if (Set.copyOf(groups).size() != groups.size()) {
            throw new IllegalArgumentException("a group stands twice in " + groups);
        }
        require(Feature.GROUP_CHOICE);
        for (NamedGroup group : groups) {
            require("the group " + group, capabilities -> capabilities.groups().contains(group));
        }
        List<NamedGroup> inItsOrder = new ArrayList<>(provider.capabilities().groups());
        inItsOrder.retainAll(groups);
        if (!inItsOrder.equals(groups)) {
            require(Feature.GROUP_ORDER);
        }
    }

    /** Whether the backend can be told these schemes, and whether they are enough for the versions and identities. */
    void signatureSchemes(
            Role role, List<SignatureScheme> schemes, List<CertifiedKey> identities, List<TlsVersion> versions) {
        if (schemes.isEmpty()) {
            return;
        }
        new SchemeChoice(schemes, versions).requireEnough(SchemeChoice.keys(identities), role);
        require(
                "choosing signature schemes",
                capabilities -> !capabilities.signatureSchemes().isEmpty());
        for (SignatureScheme scheme : schemes) {
            require(
                    "the signature scheme " + scheme,
                    capabilities -> capabilities.signatureSchemes().contains(scheme));
        }
        List<SignatureScheme> inItsOrder =
                new ArrayList<>(provider.capabilities().signatureSchemes());
        inItsOrder.retainAll(schemes);
        if (!inItsOrder.equals(schemes)) {
            require(Feature.SIGNATURE_SCHEME_ORDER);
        }
    }

    /** Whether the parameters are strong enough, and there is a use for them that the backend can be told. */
    void dhParameters(DhParameters parameters, CipherSelection ciphers, List<TlsVersion> versions) throws TlsException {
        if (versions.get(0).atLeast(TlsVersion.TLS_1_3)) {
            throw new IllegalArgumentException("TLS 1.3 has no Diffie-Hellman parameters of the server's choice"
                    + " (RFC 8446 section 4.2.7); lower minimumVersion, or choose groups");
        }
        if (!ciphers.securityLevel().allowsDiffieHellman(parameters.bits())) {
            throw new TlsException(
                    ErrorReason.DH_KEY_TOO_SMALL,
                    parameters + " are too few for security level "
                            + ciphers.securityLevel().number());
        }
        require(Feature.DH_PARAMETERS);
        if (ciphers.suites().stream().noneMatch(suite -> suite.kea().startsWith("kx-dhe"))) {
            throw new IllegalArgumentException("none of the selected cipher suites uses Diffie-Hellman parameters;"
                    + " select some, for instance DHE+AESGCM");
        }
    }

    /** Whether the backend shows what servers staple, in every version that may come. */
    void stapling(OcspStapling mode, List<TlsVersion> versions) {
        if (mode != OcspStapling.IGNORE) {
            require(versions, Feature.OCSP_STAPLING_TLS12, Feature.OCSP_STAPLING_TLS13);
        }
    }

    /** Whether the backend tells the secrets that are wanted, in every version that may come. */
    void secrets(Set<SecretUse> uses, List<TlsVersion> versions) {
        if (uses.contains(SecretUse.EXPORTERS)) {
            require(Feature.KEYING_MATERIAL_EXPORT);
        }
        if (uses.contains(SecretUse.KEY_LOG)) {
            require(versions, Feature.KEY_LOG_TLS12, Feature.KEY_LOG_TLS13);
        }
    }

    /** Requires one feature of the older of {@code versions}, and another of TLS 1.3. */
    private void require(List<TlsVersion> versions, Feature untilTls12, Feature tls13) {
        if (versions.stream().anyMatch(version -> version != TlsVersion.TLS_1_3)) {
            require(untilTls12);
        }
        if (versions.contains(TlsVersion.TLS_1_3)) {
            require(tls13);
        }
    }

    /** What is said to whoever asks for authentication after the handshake. */
    UnsupportedFeatureException noPostHandshakeAuth() {
        return new UnsupportedFeatureException(
                provider.name(), "post-handshake authentication (RFC 8446 section 4.6.2)", List.of());
    }

    void applicationProtocols(List<String> protocols) {
        for (String protocol : protocols) {
            // RFC 7301 3.1: opaque ProtocolName<1..2^8-1>
            if (protocol.isEmpty()
                    || protocol.length() > 255
                    || protocol.chars().anyMatch(c -> c > 0xff)) {
                throw new IllegalArgumentException(
                        "an ALPN protocol name is 1 to 255 bytes, each given as one char, not '" + protocol + "'");
            }
            if (protocol.chars().anyMatch(c -> c > 0x7f)) {
                require(Feature.BINARY_ALPN);
            }
        }
    }

    /** Loads the identities with the provider's cryptography and checks that the backend can use them. */
    List<CertifiedKey> identities(List<Credentials> credentials, SecurityLevel level) throws TlsException {
        List<CertifiedKey> identities = new ArrayList<>();
        for (Credentials source : credentials) {
            CertifiedKey identity = source.load(provider.crypto());
            PublicKeyInfo key = new IdentityCheck(level).require(identity);
            String algorithm = key.kind().orElse(key.name());
            require(
                    algorithm + " keys",
                    capabilities -> capabilities.keyAlgorithms().contains(algorithm));
            identities.add(identity);
        }
        return List.copyOf(identities);
    }
}
