package io.omnitls.testkit.certificates;

import io.omnitls.cert.TrustStore;
import io.omnitls.forge.issue.CertificateDraft;
import io.omnitls.forge.issue.CertificateSet;
import io.omnitls.forge.issue.KeyType;
import io.omnitls.testkit.pki.KeyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The certificates that a test of a TLS connection needs, made in one go: a root, an intermediate authority, a server and
 * a client, all with new keys.
 *
 * <pre>{@code
 * TestCertificates certificates = TestCertificates.create(); // for localhost and its addresses
 * ServerContext server = ServerContext.builder().certificateChain(certificates.server().credentials()).build();
 * ClientContext client = ClientContext.builder().verifyLocations(certificates.trustStore()).build();
 * }</pre>
 *
 * <p>They come as PEM text, as files ({@link #write}), as what a context takes, and as objects of {@code java.security}.
 * Nothing but the JDK makes them. A server with other names, or one that has expired, is {@link #issueServer issued}
 * besides:
 *
 * <pre>{@code
 * TestCertificate other = certificates.issueServer("other.example");
 * TestCertificates late = TestCertificates.builder().expired().build();
 * }</pre>
 *
 * <p>Immutable; what it issues does not change it.
 */
public final class TestCertificates {
    private final CertificateSet set;
    private final KeyType keyType;

    private TestCertificates(CertificateSet set, KeyType keyType) {
        this.set = set;
        this.keyType = keyType;
    }

    /** A server for {@code localhost}, 127.0.0.1 and ::1 and a client, valid for thirty days, with P-256 keys. */
    public static TestCertificates create() {
        return builder().build();
    }

    /** Starts with what {@link #create} makes. */
    public static Builder builder() {
        return new Builder();
    }

    public TestCertificate root() {
        return new TestCertificate(set.root());
    }

    /** The authority that issues the server and the client; empty where the root does it itself. */
    public Optional<TestCertificate> intermediate() {
        return set.intermediate().map(TestCertificate::new);
    }

    public TestCertificate server() {
        return new TestCertificate(set.server());
    }

    public TestCertificate client() {
        return new TestCertificate(set.client());
    }

    /** Trust in the root alone. */
    public TrustStore trustStore() {
        return root().trustStore();
    }

    /**
     * Another server, valid for thirty days.
     *
     * @param names host names, which may begin with {@code *.}, and IP addresses
     * @throws IllegalArgumentException when there is none, or one is neither
     */
    public TestCertificate issueServer(String... names) {
        return issue(CertificateDraft.server(List.of(names)));
    }

    /** Another server, valid from the first moment to the last one. */
    public TestCertificate issueServer(Instant from, Instant to, String... names) {
        return issue(CertificateDraft.server(List.of(names)).valid(from, to));
    }

    /**
     * Another client, valid for thirty days.
     *
     * @throws IllegalArgumentException when the name is empty or longer than 64 characters
     */
    public TestCertificate issueClient(String commonName) {
        return issue(CertificateDraft.client(commonName));
    }

    private TestCertificate issue(CertificateDraft draft) {
        return new TestCertificate(draft.keyType(keyType).issuedBy(set.issuer()));
    }

    /**
     * Writes PEM files into {@code directory}, which is made where it is missing: {@code root.pem}, {@code intermediate.pem},
     * {@code server.pem} and {@code client.pem} with their chains, and beside each its key, for instance
     * {@code server-key.pem}, which nobody but the owner reads.
     *
     * @return the files that were written
     * @throws java.nio.file.FileAlreadyExistsException when one of them is there already; then none is written
     */
    public List<Path> write(Path directory) throws IOException {
        return set.write(directory);
    }

    /** What the certificates will be like. Not thread-safe. Each setter returns this. */
    public static final class Builder {
        private final CertificateSet.Builder set = CertificateSet.builder();
        private KeyType keyType = KeyType.EC;

        private Builder() {}

        /** The host names, which may begin with {@code *.}, and IP addresses of the server. */
        public Builder serverNames(String... names) {
            set.serverNames(List.of(names));
            return this;
        }

        /** The common name of the client. */
        public Builder clientName(String commonName) {
            set.clientName(commonName);
            return this;
        }

        /** The kind of all keys. */
        public Builder keyKind(KeyKind kind) {
            keyType = switch (kind) {
                case RSA -> KeyType.RSA;
                case EC -> KeyType.EC;
                case ED25519 -> KeyType.ED25519;
            };
            set.keyType(keyType);
            return this;
        }

        /** The root issues the server and the client itself. */
        public Builder withoutIntermediate() {
            set.intermediate(false);
            return this;
        }

        /** When the server and the client are valid; the authorities are it then and now. */
        public Builder valid(Instant from, Instant to) {
            set.valid(from, to);
            return this;
        }

        /** The server and the client were valid until an hour ago. */
        public Builder expired() {
            Instant now = Instant.now();
            return valid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofHours(1)));
        }

        /** The server and the client will be valid in an hour. */
        public Builder notYetValid() {
            Instant now = Instant.now();
            return valid(now.plus(Duration.ofHours(1)), now.plus(Duration.ofDays(2)));
        }

        /**
         * Makes the keys and the certificates.
         *
         * @throws IllegalArgumentException when a name cannot stand in a certificate, or the validity ends before it begins
         */
        public TestCertificates build() {
            return new TestCertificates(set.build(), keyType);
        }
    }
}
