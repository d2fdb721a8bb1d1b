package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The views of certificate objects, remembered with each for as long as it lives. Thread-safe. */
final class CertificateViews {
    private static final ViewCache<CertificateView> BY_CONTENT =
            new ViewCache<>(CertificateView::parse, CertificateView::encoded);
    private static final Map<Object, CertificateView> BY_OBJECT = new ConcurrentHashMap<>();
    private static final ReferenceQueue<X509Certificate> GONE = new ReferenceQueue<>();

    private CertificateViews() {}

    /** The key of an object, which it does not keep from being collected. */
    private static final class Known extends WeakReference<X509Certificate> {
        private final int hash;

        Known(X509Certificate certificate) {
            super(certificate, GONE);
            this.hash = System.identityHashCode(certificate);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    /** A question for an object: equal to the key of that very one. */
    @SuppressWarnings("ReferenceEquality") // the object itself is meant
    private static final class Wanted {
        private final X509Certificate certificate;

        Wanted(X509Certificate certificate) {
            this.certificate = certificate;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(certificate);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Known known && known.get() == certificate;
        }
    }

    static CertificateView of(X509Certificate certificate) throws DerException {
        CertificateView known = BY_OBJECT.get(new Wanted(certificate));
        if (known == null) {
            forgetWhatIsGone();
            known = BY_CONTENT.get(encoding(certificate));
            BY_OBJECT.put(new Known(certificate), known);
        }
        return known;
    }

    private static Bytes encoding(X509Certificate certificate) throws DerException {
        try {
            byte[] encoding = certificate.getEncoded();
            if (encoding == null) {
                throw new DerException("the certificate has no encoding");
            }
            return Bytes.copyOf(encoding);
        } catch (CertificateEncodingException | RuntimeException e) {
            throw new DerException("the certificate has no encoding: " + e.getMessage());
        }
    }

    private static void forgetWhatIsGone() {
        for (Reference<?> reference = GONE.poll(); reference != null; reference = GONE.poll()) {
            BY_OBJECT.remove(reference);
        }
    }
}
