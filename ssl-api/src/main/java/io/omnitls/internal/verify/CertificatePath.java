package io.omnitls.internal.verify;

import io.omnitls.internal.x509.CertificateView;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A path that was built: the peer's certificate first, the trust anchor last. Immutable. */
final class CertificatePath {
    private final List<PathMember> members;
    private final boolean open;

    CertificatePath(List<PathMember> members) {
        this(members, false);
    }

    private CertificatePath(List<PathMember> members, boolean open) {
        this.members = List.copyOf(members);
        this.open = open;
    }

    /** The begin of a path: none of {@code members} is the last. What is wrong with it is wrong with all its extensions. */
    static CertificatePath open(List<PathMember> members) {
        return new CertificatePath(members, true);
    }

    int size() {
        return members.size();
    }

    /** The certificate at {@code depth}, 0 being the peer's own. */
    CertificateView get(int depth) {
        return members.get(depth).view();
    }

    PathMember member(int depth) {
        return members.get(depth);
    }

    /** The peer's own certificate. */
    CertificateView leaf() {
        return get(0);
    }

    boolean isLast(int depth) {
        return !open && depth == size() - 1;
    }

    /** The certificates as the objects that they came in. */
    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>(members.size());
        members.forEach(member -> certificates.add(member.certificate()));
        return certificates;
    }
}
