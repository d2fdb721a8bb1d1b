package io.omnitls.internal.verify;

import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyResult;
import io.omnitls.internal.x509.CertificateView;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what was found good, for as long as every certificate of the path is valid: a client that comes back to a
 * server is shown the same chain. Nothing is remembered where revocation counts, and nothing that was refused. Thread-safe.
 */
final class VerifiedPaths {
    private static final int CAPACITY = 200;

    private final Map<Question, Answer> known = new RecentlyUsed<>(CAPACITY);

    /** The same by the objects themselves, for those who ask about them again: three look-ups fewer. */
    private final Map<SameObjects, Answer> recent = new RecentlyUsed<>(CAPACITY);

    /** A question by the identity of its certificates; an object's bytes do not change. */
    private static final class SameObjects {
        private final List<X509Certificate> certificates;
        private final VerifyRequest request;
        private final int hash;

        SameObjects(List<X509Certificate> certificates, VerifyRequest request) {
            this.certificates = certificates;
            this.request = request;
            int sum = request.name().hashCode();
            for (X509Certificate certificate : certificates) {
                sum = 31 * sum + System.identityHashCode(certificate);
            }
            this.hash = sum;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the objects themselves are meant
        public boolean equals(Object other) {
            if (!(other instanceof SameObjects asked)
                    || certificates.size() != asked.certificates.size()
                    || !request.asksTheSame(asked.request)) {
                return false;
            }
            for (int i = 0; i < certificates.size(); i++) {
                if (certificates.get(i) != asked.certificates.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A question by what the certificates say; the time is no part of it. */
    private record Question(List<CertificateView> presented, VerifyRequest request) {
        static Question of(List<PathMember> presented, VerifyRequest request) {
            List<CertificateView> views = new ArrayList<>(presented.size());
            presented.forEach(member -> views.add(member.view()));
            return new Question(views, request);
        }

        @Override
        public int hashCode() {
            return 31 * presented.hashCode() + request.name().hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Question asked
                    && request.asksTheSame(asked.request)
                    && presented.equals(asked.presented);
        }
    }

    private record Answer(List<PathMember> presented, VerifyResult result, Instant from, Instant to) {
        static Answer of(List<PathMember> presented, VerifyResult result) {
            Instant from = Instant.MIN;
            Instant to = Instant.MAX;
            for (X509Certificate certificate : result.chain()) {
                CertificateView view = ChainVerifier.viewed(certificate);
                Instant begin = view.notBefore().instant().orElse(Instant.MAX);
                Instant end = view.notAfter().instant().orElse(Instant.MIN);
                from = begin.isAfter(from) ? begin : from;
                to = end.isBefore(to) ? end : to;
            }
            return new Answer(List.copyOf(presented), result, from, to);
        }

        /** The answer in the objects of this question: the same bytes may have come in others before. */
        VerifyResult as(List<PathMember> asked) {
            boolean same = true;
            for (int i = 0; i < asked.size() && same; i++) {
                same = asked.get(i).sameObject(presented.get(i));
            }
            if (same) {
                return result;
            }
            List<X509Certificate> chain = new ArrayList<>(result.chain());
            for (int i = 0; i < chain.size(); i++) {
                CertificateView view = ChainVerifier.viewed(chain.get(i));
                for (PathMember member : asked) {
                    if (member.view().equals(view)) {
                        chain.set(i, member.certificate());
                    }
                }
            }
            return new VerifyResult(result.code(), result.depth(), chain, result.explanation());
        }

        boolean validAt(Instant time) {
            return !time.isBefore(from) && !time.isAfter(to);
        }
    }

    /** The verdict on these very objects, if it is known. */
    Optional<VerifyResult> findSame(List<X509Certificate> presented, VerifyRequest request) {
        Answer answer;
        synchronized (recent) {
            answer = recent.get(new SameObjects(presented, request));
        }
        return answer != null && answer.validAt(request.time()) ? Optional.of(answer.result()) : Optional.empty();
    }

    private void rememberSame(List<PathMember> presented, VerifyRequest request, Answer answer) {
        List<X509Certificate> objects = new ArrayList<>(presented.size());
        presented.forEach(member -> objects.add(member.certificate()));
        synchronized (recent) {
            recent.put(new SameObjects(objects, request), answer);
        }
    }

    /** The verdict, if it is known. */
    Optional<VerifyResult> find(List<PathMember> presented, VerifyRequest request) {
        if (revocationCounts(request)) {
            return Optional.empty();
        }
        Answer answer;
        synchronized (known) {
            answer = known.get(Question.of(presented, request));
        }
        return answer != null && answer.validAt(request.time()) ? Optional.of(answer.as(presented)) : Optional.empty();
    }

    /** Remembers {@code result}, if it may be. */
    void remember(List<PathMember> presented, VerifyRequest request, VerifyResult result) {
        // Whoever sends what no path needs shall not fill the memory with it.
        boolean toThePoint = presented.size() <= result.chain().size();
        if (result.ok() && toThePoint && !revocationCounts(request)) {
            Answer answer = Answer.of(presented, result);
            synchronized (known) {
                known.put(Question.of(presented, request), answer);
            }
            rememberSame(presented, request, answer);
        }
    }

    private static boolean revocationCounts(VerifyRequest request) {
        return request.rules().flags().contains(VerifyFlag.CRL_CHECK_LEAF)
                || request.rules().flags().contains(VerifyFlag.CRL_CHECK_CHAIN);
    }
}
