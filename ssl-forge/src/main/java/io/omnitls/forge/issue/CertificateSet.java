package io.omnitls.forge.issue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that two ends need to know each other: a root, an intermediate authority or none, a server and a client. Immutable.
 */
public final class CertificateSet {
    private final IssuedCertificate root;
    private final Optional<IssuedCertificate> intermediate;
    private final IssuedCertificate server;
    private final IssuedCertificate client;

    private CertificateSet(Builder builder) {
        CertificateDraft authority = builder.draft(CertificateDraft.authority(builder.rootName), builder.rootLife());
        this.root = authority.selfSigned();
        this.intermediate = builder.intermediate
                ? Optional.of(builder.draft(
                                CertificateDraft.authority("Intermediate of " + shortened(builder.rootName)),
                                builder.rootLife())
                        .issuedBy(root))
                : Optional.empty();
        this.server = builder.draft(CertificateDraft.server(builder.serverNames), builder.life)
                .issuedBy(issuer());
        this.client = builder.draft(CertificateDraft.client(builder.clientName), builder.life)
                .issuedBy(issuer());
    }

    private static String shortened(String name) {
        return name.length() > 40 ? name.substring(0, 40) : name;
    }

    /** Starts with a server {@code localhost} and a client {@code client}. */
    public static Builder builder() {
        return new Builder();
    }

    public IssuedCertificate root() {
        return root;
    }

    public Optional<IssuedCertificate> intermediate() {
        return intermediate;
    }

    public IssuedCertificate server() {
        return server;
    }

    public IssuedCertificate client() {
        return client;
    }

    /** The authority that issued the server and the client. */
    public IssuedCertificate issuer() {
        return intermediate.orElse(root);
    }

    /**
     * Writes PEM files into {@code directory}, which is made where it is missing: {@code root.pem}, {@code server.pem} and
     * {@code client.pem} with their chains, {@code intermediate.pem} where there is one, and beside each its key, for instance
     * {@code server-key.pem}, which nobody but the owner reads.
     *
     * @return the files that were written
     * @throws java.nio.file.FileAlreadyExistsException when one of them is there already; then none is written
     */
    public List<Path> write(Path directory) throws IOException {
        return PemFiles.create(directory, files());
    }

    /** The same, but files that are there are replaced. */
    public List<Path> replace(Path directory) throws IOException {
        return PemFiles.replace(directory, files());
    }

    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        add(files, "root", root);
        intermediate.ifPresent(authority -> add(files, "intermediate", authority));
        add(files, "server", server);
        add(files, "client", client);
        return files;
    }

    private static void add(Map<String, String> files, String name, IssuedCertificate issued) {
        files.put(name + ".pem", issued.chainPem());
        files.put(name + PemFiles.KEY_SUFFIX, issued.privateKeyPem());
    }

    /** What a set will be like. Not thread-safe. Each setter returns this. */
    public static final class Builder {
        private record Life(Instant from, Instant to) {}

        private String rootName = "OmniTLS test root";
        private List<String> serverNames = List.of("localhost", "127.0.0.1", "::1");
        private String clientName = "client";
        private KeyType keyType = KeyType.EC;
        private boolean intermediate = true;
        private Life life =
                new Life(Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofDays(30)));

        private Builder() {}

        /** The common name of the root. */
        public Builder rootName(String name) {
            this.rootName = Objects.requireNonNull(name, "name");
            return this;
        }

        /** Host names and addresses of the server; by default {@code localhost} and its addresses. */
        public Builder serverNames(List<String> names) {
            this.serverNames = List.copyOf(names);
            return this;
        }

        /** The common name of the client. */
        public Builder clientName(String name) {
            this.clientName = Objects.requireNonNull(name, "name");
            return this;
        }

        /** The kind of all keys. */
        public Builder keyType(KeyType type) {
            this.keyType = Objects.requireNonNull(type, "type");
            return this;
        }

        /** Whether an intermediate authority stands between; otherwise it does. */
        public Builder intermediate(boolean present) {
            this.intermediate = present;
            return this;
        }

        /**
         * When the server and the client are valid; by default from an hour ago for thirty days. The authorities are valid
         * then and now.
         */
        public Builder valid(Instant from, Instant to) {
            this.life = new Life(from, to);
            return this;
        }

        private Life rootLife() {
            Instant now = Instant.now();
            Instant from = life.from.isBefore(now) ? life.from : now;
            Instant to = life.to.isAfter(now) ? life.to : now;
            return new Life(from.minus(Duration.ofHours(1)), to.plus(Duration.ofDays(1)));
        }

        private CertificateDraft draft(CertificateDraft draft, Life wanted) {
            return draft.keyType(keyType).valid(wanted.from, wanted.to);
        }

        /**
         * Makes the keys and the certificates.
         *
         * @throws IllegalArgumentException when a name cannot stand in a certificate, or the validity ends before it begins
         */
        public CertificateSet build() {
            return new CertificateSet(this);
        }
    }
}
