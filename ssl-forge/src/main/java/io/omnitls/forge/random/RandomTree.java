package io.omnitls.forge.random;

import io.omnitls.forge.Algorithms;
import io.omnitls.forge.Anchor;
import io.omnitls.forge.Der;
import io.omnitls.forge.EncodedCertificate;
import io.omnitls.forge.Forge;
import io.omnitls.forge.PemText;
import io.omnitls.forge.SigningKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A hierarchy of authorities with defects now and then, and what else stands around it to confuse a verifier. */
public final class RandomTree {
    private final Instant now = Instant.now();
    private final Chance chance;
    private final RandomKeys keys;
    private final RandomNames names;
    private final RandomTimes times;
    private final RandomExtensions extensions;
    private final List<Member> path = new ArrayList<>(); // the root first
    private final List<Anchor> trusted = new ArrayList<>();
    private final List<byte[]> sent = new ArrayList<>();
    private final List<byte[]> crls = new ArrayList<>();
    private final Set<Mark> marks = EnumSet.noneOf(Mark.class);
    private long serial = 100;

    public RandomTree(Random random) throws GeneralSecurityException {
        this.chance = new Chance(random, 2);
        this.keys = new RandomKeys(chance);
        this.names = new RandomNames(chance);
        this.times = new RandomTimes(chance, now);
        this.extensions = new RandomExtensions(chance, keys);
        grow();
        trust();
        send();
        revoke();
    }

    /** What the peer presents, its own certificate first, in DER. */
    public List<byte[]> presented() {
        List<byte[]> presented = new ArrayList<>(List.of(leaf().der()));
        presented.addAll(sent);
        return presented;
    }

    /** The same as objects of a factory's, see {@link EncodedCertificate#read}. */
    public List<X509Certificate> presented(CertificateFactory factory) {
        return presented().stream()
                .map(der -> EncodedCertificate.read(der, factory))
                .toList();
    }

    public List<Anchor> trusted() {
        return trusted;
    }

    /** In DER. */
    public List<byte[]> crls() {
        return crls;
    }

    public Set<Mark> marks() {
        return marks;
    }

    /** The anchors and the CRLs as one text of PEM. */
    public String store() {
        StringBuilder store = new StringBuilder();
        trusted.forEach(anchor -> store.append(anchor.pem()));
        crls.forEach(crl -> store.append(PemText.of("X509 CRL", crl)));
        return store.toString();
    }

    private Member leaf() {
        return path.get(path.size() - 1);
    }

    private void grow() throws GeneralSecurityException {
        boolean sameNames = chance.odd(12);
        path.add(root(names.text(sameNames ? "same" : "root")));
        int intermediates = chance.below(4);
        for (int i = 0; i < intermediates; i++) {
            String text = sameNames ? path.get(0).text() : names.text("authority " + i);
            path.add(authority(text, keys.key(), leaf()));
        }
        path.add(server(leaf()));
        if (chance.odd(12)) {
            path.add(proxy(leaf()));
        }
    }

    private Member root(String text) throws GeneralSecurityException {
        SigningKey key = keys.key();
        byte[] name = names.subject(text);
        Forge forge = new Forge();
        extensions.authority(forge, key, Optional.empty(), key);
        return issue(forge, text, name, names.issuer(text, name), key, key);
    }

    private Member authority(String text, SigningKey key, Member issuer) throws GeneralSecurityException {
        Forge forge = new Forge();
        extensions.authority(forge, key, Optional.of(issuer), issuer.key());
        return issue(
                forge, text, names.subject(text), names.issuer(issuer.text(), issuer.subject()), key, issuer.key());
    }

    private Member server(Member issuer) throws GeneralSecurityException {
        // A common name that looks like a host's is taken for one where there is no dNSName.
        String text = chance.oneIn(8) ? "server.example" : "leaf";
        SigningKey key = keys.key();
        SigningKey signer = chance.odd(25) ? keys.key() : issuer.key();
        Forge forge = new Forge();
        extensions.leaf(forge, key, issuer, signer);
        return issue(forge, text, names.subject(text), names.issuer(issuer.text(), issuer.subject()), key, signer);
    }

    private Member proxy(Member owner) throws GeneralSecurityException {
        Forge forge = new Forge();
        extensions.proxy(forge);
        byte[] name = chance.odd(5) ? names.subject("proxy") : names.proxy(owner.subject(), "proxy");
        return issue(forge, "proxy", name, owner.subject(), keys.key(), owner.key());
    }

    private Member issue(Forge forge, String text, byte[] name, byte[] issuer, SigningKey key, SigningKey signer)
            throws GeneralSecurityException {
        BigInteger number = BigInteger.valueOf(++serial);
        forge.subject(name).issuer(issuer).serial(Der.integer(number));
        times.validity(forge);
        frame(forge, number);
        return new Member(text, name, issuer, number, key, forge.certificate(key.publicKey(), keys.scheme(signer)));
    }

    /** What stands around the extensions: version, serial number, algorithms. */
    private void frame(Forge forge, BigInteger number) {
        if (chance.odd(25)) {
            forge.version(1 + chance.below(5));
        }
        if (chance.odd(60)) {
            forge.serial(chance.of(List.of(
                    Der.integer(0),
                    Der.integer(number.negate()),
                    Der.integer(BigInteger.ONE.shiftLeft(200)),
                    Der.element(Der.INTEGER, new byte[] {0, 5}),
                    Der.element(Der.INTEGER),
                    Der.enumerated(5))));
        }
        if (chance.odd(60)) {
            forge.outerAlgorithm(algorithm());
        } else if (chance.odd(60)) {
            forge.innerAlgorithm(algorithm());
        }
    }

    private byte[] algorithm() {
        return chance.of(List.of(
                Algorithms.withoutParameters("1.2.840.10045.4.3.3"),
                Algorithms.withNull("1.2.840.10045.4.3.2"),
                Algorithms.withNull("1.2.840.113549.1.1.11"),
                Algorithms.withoutParameters("1.2.3.4")));
    }

    private void trust() throws GeneralSecurityException {
        RandomTrust trust = new RandomTrust(chance);
        Member root = path.get(0);
        if (chance.odd(10)) {
            // Another root of the same name.
            trusted.add(trust.anchor(root(root.text()).der()));
        }
        if (!chance.odd(10)) {
            trusted.add(trust.anchor(root.der()));
        }
        if (chance.oneIn(8)) {
            trusted.add(trust.anchor(chance.of(path).der()));
        }
        if (trusted.isEmpty()) {
            trusted.add(trust.anchor(root("stranger").der()));
        }
    }

    private void send() throws GeneralSecurityException {
        for (int i = 0; i < path.size() - 1; i++) {
            Member member = path.get(i);
            if (!chance.odd(15)) {
                sent.add(member.der());
            }
            if (chance.odd(10)) {
                // The same authority once more, from another issuer, with other defects.
                Member issuer = path.get(chance.below(path.size() - 1));
                SigningKey key = chance.coin() ? member.key() : keys.key();
                sent.add(authority(member.text(), key, issuer).der());
            }
        }
        if (chance.oneIn(8) && !sent.isEmpty()) {
            sent.add(chance.of(sent));
        }
        Collections.shuffle(sent, chance.random());
    }

    private void revoke() throws GeneralSecurityException {
        // Dice of their own: only below a path that is whole do the lists matter.
        Chance lists = new Chance(chance.random(), 1);
        RandomRevocation revocation =
                new RandomRevocation(lists, keys, new RandomNames(lists), new RandomTimes(lists, now));
        for (Member member : path) {
            int count = lists.odd(8) ? 0 : lists.oneIn(8) ? 2 : 1;
            for (int i = 0; i < count; i++) {
                crls.add(revocation.list(member, path));
            }
        }
        marks.addAll(revocation.marks());
        Collections.shuffle(crls, chance.random());
    }
}
