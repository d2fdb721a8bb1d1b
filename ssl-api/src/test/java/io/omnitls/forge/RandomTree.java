package io.omnitls.forge;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A hierarchy of authorities with defects now and then, and what else stands around it to confuse a verifier. */
public final class RandomTree {
    private static final String URL = "http://crl.example/1";

    private final Random random;
    private final Instant now = Instant.now();
    private final List<Member> path = new ArrayList<>(); // the root first
    private final List<X509Certificate> trusted = new ArrayList<>();
    private final List<X509Certificate> sent = new ArrayList<>();
    private final List<X509CRL> crls = new ArrayList<>();
    private long serial = 100;

    private record Member(String name, KeyPair key, X509Certificate certificate, long serial) {}

    public RandomTree(Random random) throws GeneralSecurityException {
        this.random = random;
        grow();
        trust();
        send();
        revoke();
    }

    /** What the peer presents, its own certificate first. */
    public List<X509Certificate> presented() {
        List<X509Certificate> presented = new ArrayList<>(List.of(leaf().certificate()));
        presented.addAll(sent);
        return presented;
    }

    public List<X509Certificate> trusted() {
        return trusted;
    }

    public List<X509CRL> crls() {
        return crls;
    }

    private Member leaf() {
        return path.get(path.size() - 1);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private KeyPair key() {
        return Keys.pick(random);
    }

    private void grow() throws GeneralSecurityException {
        boolean sameNames = oneIn(12);
        String rootName = sameNames ? "CN=same" : "CN=root";
        KeyPair rootKey = key();
        path.add(issue(rootName, rootKey, rootName, rootKey, true));
        int intermediates = random.nextInt(4);
        for (int i = 0; i < intermediates; i++) {
            Member issuer = path.get(path.size() - 1);
            path.add(issue(sameNames ? "CN=same" : "CN=authority " + i, key(), issuer.name(), issuer.key(), true));
        }
        Member issuer = path.get(path.size() - 1);
        path.add(issue("CN=leaf", key(), issuer.name(), oneIn(25) ? key() : issuer.key(), false));
        if (oneIn(12)) {
            Member below = leaf();
            path.add(proxy(below));
        }
    }

    private Member issue(String name, KeyPair key, String issuer, KeyPair signer, boolean authority)
            throws GeneralSecurityException {
        Forge forge = new Forge().subject(name).issuer(issuer).serial(++serial);
        validity(forge);
        if (authority) {
            authority(forge);
        } else {
            leaf(forge);
        }
        if (!oneIn(10)) {
            forge.extension(
                    Extensions.SUBJECT_KEY_IDENTIFIER,
                    oneIn(40),
                    Extensions.subjectKeyIdentifier(Keys.identifier(key)));
        }
        if (!oneIn(10)) {
            forge.extension(
                    Extensions.AUTHORITY_KEY_IDENTIFIER,
                    oneIn(40),
                    Extensions.authorityKeyIdentifier(Keys.identifier(oneIn(30) ? key() : signer)));
        }
        if (oneIn(25)) {
            forge.extension(Extensions.UNKNOWN, random.nextBoolean(), new byte[] {5, 0});
        }
        return new Member(name, key, forge.certificate(key, signer), serial);
    }

    private void validity(Forge forge) {
        Instant from = now.minus(Duration.ofDays(1));
        Instant to = now.plus(Duration.ofDays(9));
        if (oneIn(25)) {
            to = now.minus(Duration.ofHours(1));
        } else if (oneIn(25)) {
            from = now.plus(Duration.ofDays(1));
        }
        forge.valid(from, to);
    }

    private void authority(Forge forge) {
        if (!oneIn(25)) {
            int pathLength = oneIn(6) ? random.nextInt(3) : -1;
            forge.extension(
                    Extensions.BASIC_CONSTRAINTS, !oneIn(20), Extensions.basicConstraints(!oneIn(25), pathLength));
        }
        if (!oneIn(12)) {
            int usage = oneIn(20) ? Extensions.CRL_SIGN : Extensions.KEY_CERT_SIGN;
            forge.extension(
                    Extensions.KEY_USAGE, true, Extensions.keyUsage(oneIn(15) ? usage : usage | Extensions.CRL_SIGN));
        }
        if (oneIn(12)) {
            forge.extension(
                    Extensions.EXTENDED_KEY_USAGE,
                    false,
                    Extensions.extendedKeyUsage("1.3.6.1.5.5.7.3." + (1 + random.nextInt(2))));
        }
        if (oneIn(10)) {
            String[] names = {"example", "server.example", ".example", "other.example", ""};
            forge.extension(
                    Extensions.NAME_CONSTRAINTS,
                    true,
                    Extensions.nameConstraints(random.nextInt(2), names[random.nextInt(names.length)]));
        }
    }

    private void leaf(Forge forge) {
        forge.extension(
                Extensions.SUBJECT_ALT_NAME, oneIn(8), Extensions.dnsNames("server.example", "www.server.example"));
        if (oneIn(3)) {
            forge.extension(
                    Extensions.BASIC_CONSTRAINTS,
                    random.nextBoolean(),
                    Extensions.basicConstraints(oneIn(6), oneIn(10) ? 0 : -1));
        }
        if (oneIn(2)) {
            int[] usages = {0x80, 0x20, 0x08, 0x04, 0x02, 0xa0};
            forge.extension(Extensions.KEY_USAGE, true, Extensions.keyUsage(usages[random.nextInt(usages.length)]));
        }
        if (oneIn(3)) {
            forge.extension(
                    Extensions.EXTENDED_KEY_USAGE,
                    false,
                    Extensions.extendedKeyUsage("1.3.6.1.5.5.7.3." + (oneIn(4) ? 2 : 1)));
        }
        if (oneIn(4)) {
            forge.extension(Extensions.DISTRIBUTION_POINTS, false, Extensions.distributionPoints(URL));
        }
    }

    private Member proxy(Member owner) throws GeneralSecurityException {
        KeyPair key = key();
        String name = oneIn(5) ? "CN=proxy" : "CN=proxy," + owner.name();
        Forge forge = new Forge()
                .subject(name)
                .issuer(owner.name())
                .serial(++serial)
                .extension(Extensions.PROXY_CERT_INFO, true, Extensions.proxyCertInfo(random.nextInt(3) - 1));
        validity(forge);
        return new Member(name, key, forge.certificate(key, owner.key()), serial);
    }

    private void trust() throws GeneralSecurityException {
        Member root = path.get(0);
        if (oneIn(10)) {
            // Another root of the same name.
            KeyPair other = key();
            trusted.add(issue(root.name(), other, root.name(), other, true).certificate());
        }
        if (!oneIn(10)) {
            trusted.add(root.certificate());
        }
        if (oneIn(8)) {
            trusted.add(path.get(random.nextInt(path.size())).certificate());
        }
        if (trusted.isEmpty()) {
            KeyPair other = key();
            trusted.add(issue("CN=stranger", other, "CN=stranger", other, true).certificate());
        }
    }

    private void send() throws GeneralSecurityException {
        for (int i = 0; i < path.size() - 1; i++) {
            Member member = path.get(i);
            if (!oneIn(15)) {
                sent.add(member.certificate());
            }
            if (oneIn(10)) {
                // The same authority once more, from another issuer, with other defects.
                Member issuer = path.get(random.nextInt(path.size() - 1));
                sent.add(issue(member.name(), oneIn(2) ? member.key() : key(), issuer.name(), issuer.key(), true)
                        .certificate());
            }
        }
        if (oneIn(8) && !sent.isEmpty()) {
            sent.add(sent.get(random.nextInt(sent.size())));
        }
        Collections.shuffle(sent, random);
    }

    private void revoke() throws GeneralSecurityException {
        for (Member member : path) {
            int lists = oneIn(8) ? 0 : oneIn(8) ? 2 : 1;
            for (int i = 0; i < lists; i++) {
                crls.add(crl(member));
            }
        }
        Collections.shuffle(crls, random);
    }

    private X509CRL crl(Member issuer) throws GeneralSecurityException {
        Instant from = now.minus(Duration.ofHours(1 + random.nextInt(5)));
        Instant to = now.plus(Duration.ofDays(1));
        if (oneIn(15)) {
            to = now.minus(Duration.ofMinutes(10));
        } else if (oneIn(15)) {
            from = now.plus(Duration.ofMinutes(10));
        }
        Forge forge = new Forge().issuer(issuer.name()).valid(from, to);
        if (oneIn(6)) {
            forge.revoke(path.get(random.nextInt(path.size())).serial());
        }
        if (oneIn(2)) {
            forge.extension(
                    Extensions.AUTHORITY_KEY_IDENTIFIER,
                    false,
                    Extensions.authorityKeyIdentifier(Keys.identifier(oneIn(12) ? key() : issuer.key())));
        }
        if (oneIn(6)) {
            int[][] flags = {{}, {1}, {2}, {5}, {1, 2}};
            forge.extension(
                    Extensions.ISSUING_DISTRIBUTION_POINT,
                    true,
                    Extensions.issuingDistributionPoint(
                            oneIn(2) ? "" : oneIn(2) ? URL : "http://crl.example/2",
                            flags[random.nextInt(flags.length)]));
        }
        if (oneIn(20)) {
            forge.extension(Extensions.UNKNOWN, random.nextBoolean(), new byte[] {5, 0});
        }
        return forge.crl(oneIn(20) ? key() : issuer.key());
    }
}
