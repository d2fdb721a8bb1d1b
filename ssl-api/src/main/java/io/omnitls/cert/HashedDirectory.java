package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.files.FileGeneration;
import io.omnitls.internal.x509.CrlView;
import io.omnitls.internal.x509.Name;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory whose files {@code openssl rehash} has named by their subjects: {@code 3513523f.0} holds a certificate,
 * {@code 3513523f.r0} a CRL. Read when a name is asked for: certificates once, CRLs each time, because they are replaced
 * under way. Thread-safe.
 */
final class HashedDirectory {
    /** OpenSSL would go on for ever; nobody has that many certificates with one name. */
    private static final int MAX_NUMBER = 100;

    private final Path directory;
    private final CryptoServices crypto;
    private final Map<Name, List<TrustedCertificate>> used = new ConcurrentHashMap<>();

    private HashedDirectory(Path directory, CryptoServices crypto) {
        this.directory = directory;
        this.crypto = crypto;
    }

    static HashedDirectory open(Path directory, CryptoServices crypto) throws TlsException {
        FileGeneration.reading(directory);
        if (!Files.isDirectory(directory)) {
            throw new TlsException(ErrorReason.NO_SUCH_FILE, directory + " is not a directory");
        }
        return new HashedDirectory(directory, crypto);
    }

    List<TrustedCertificate> certificates(Name subject) {
        List<TrustedCertificate> known = used.get(subject);
        if (known != null) {
            return known;
        }
        List<TrustedCertificate> found = new ArrayList<>();
        for (SourceFile file : files(subject, ".")) {
            try {
                for (TrustedCertificate certificate : Pem.trusted(file, crypto)) {
                    if (certificate.view().subject().equals(subject)) {
                        found.add(certificate);
                    }
                }
            } catch (TlsException malformed) {
                // Nobody is trusted for it.
            }
        }
        if (!found.isEmpty()) {
            used.put(subject, List.copyOf(found));
        }
        return found;
    }

    List<CrlView> crls(Name issuer) {
        List<CrlView> found = new ArrayList<>();
        for (SourceFile file : files(issuer, ".r")) {
            try {
                found.addAll(Pem.crls(file));
            } catch (TlsException malformed) {
                // A CRL that cannot be read is one that is missing.
            }
        }
        return found;
    }

    private List<SourceFile> files(Name name, String infix) {
        List<SourceFile> files = new ArrayList<>();
        for (String hash : SubjectHash.of(name, crypto)) {
            for (int number = 0; number < MAX_NUMBER; number++) {
                Path file = directory.resolve(hash + infix + number);
                if (!Files.isReadable(file)) {
                    break;
                }
                try {
                    files.add(SourceFile.read(file));
                } catch (TlsException unreadable) {
                    // As if it were not there.
                }
            }
        }
        return files;
    }

    /** The certificates that were asked for so far. */
    Collection<TrustedCertificate> used() {
        List<TrustedCertificate> all = new ArrayList<>();
        used.values().forEach(all::addAll);
        return all;
    }
}
