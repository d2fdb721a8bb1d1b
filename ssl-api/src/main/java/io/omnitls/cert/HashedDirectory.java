package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;

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
    private final Map<X500Principal, List<X509Certificate>> used = new ConcurrentHashMap<>();

    private HashedDirectory(Path directory, CryptoServices crypto) {
        this.directory = directory;
        this.crypto = crypto;
    }

    static HashedDirectory open(Path directory, CryptoServices crypto) throws TlsException {
        if (!Files.isDirectory(directory)) {
            throw new TlsException(ErrorReason.NO_SUCH_FILE, directory + " is not a directory");
        }
        return new HashedDirectory(directory, crypto);
    }

    List<X509Certificate> certificates(X500Principal subject) {
        List<X509Certificate> known = used.get(subject);
        if (known != null) {
            return known;
        }
        List<X509Certificate> found = new ArrayList<>();
        for (SourceFile file : files(subject, ".")) {
            try {
                for (X509Certificate certificate : Pem.certificates(file, crypto)) {
                    if (certificate.getSubjectX500Principal().equals(subject)) {
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

    List<X509CRL> crls(X500Principal issuer) {
        List<X509CRL> found = new ArrayList<>();
        for (SourceFile file : files(issuer, ".r")) {
            try {
                found.addAll(Pem.crls(file, crypto));
            } catch (TlsException malformed) {
                // A CRL that cannot be read is one that is missing.
            }
        }
        return found;
    }

    private List<SourceFile> files(X500Principal name, String infix) {
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
    Collection<X509Certificate> used() {
        List<X509Certificate> all = new ArrayList<>();
        used.values().forEach(all::addAll);
        return all;
    }
}
