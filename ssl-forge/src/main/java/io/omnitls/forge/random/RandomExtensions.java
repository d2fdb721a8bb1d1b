package io.omnitls.forge.random;

import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The extensions that certificates of a role have, with defects now and then. */
final class RandomExtensions {
    static final String URL = "http://crl.example/1";

    private static final List<String> SUBTREES = List.of("example", "server.example", ".example", "other.example", "");

    private final Chance chance;
    private final RandomKeys keys;
    private final OddExtensions others;
    private final Damage damage;
    private final boolean resources;

    RandomExtensions(Chance chance, RandomKeys keys) {
        this.chance = chance;
        this.keys = keys;
        this.others = new OddExtensions(chance);
        this.damage = new Damage(chance);
        this.resources = chance.oneIn(10);
    }

    /** Writes those of an authority. */
    void authority(Forge forge, SigningKey key, Optional<Member> issuer, SigningKey signer) {
        List<Value> values = new ArrayList<>();
        if (!chance.odd(25)) {
            int pathLength = chance.oneIn(6) ? chance.below(3) : -1;
            add(
                    values,
                    Extensions.BASIC_CONSTRAINTS,
                    !chance.oneIn(20),
                    Extensions.basicConstraints(!chance.odd(25), pathLength));
        }
        if (!chance.oneIn(12)) {
            int usage = chance.odd(20) ? Extensions.CRL_SIGN : Extensions.KEY_CERT_SIGN;
            int all = chance.oneIn(15) ? usage : usage | Extensions.CRL_SIGN;
            add(values, Extensions.KEY_USAGE, true, Extensions.keyUsage(all));
        }
        if (chance.odd(12)) {
            add(values, Extensions.EXTENDED_KEY_USAGE, false, Extensions.extendedKeyUsage(clientOrServer()));
        }
        if (chance.odd(10)) {
            add(
                    values,
                    Extensions.NAME_CONSTRAINTS,
                    true,
                    Extensions.nameConstraints(chance.below(2), chance.of(SUBTREES)));
        }
        addResources(values, issuer.isPresent());
        identifiers(values, key, issuer, signer);
        write(values, forge);
    }

    /** Writes those of a server's or a client's certificate. */
    void leaf(Forge forge, SigningKey key, Member issuer, SigningKey signer) {
        List<Value> values = new ArrayList<>();
        if (!chance.odd(10)) {
            add(
                    values,
                    Extensions.SUBJECT_ALT_NAME,
                    chance.oneIn(8),
                    Extensions.dnsNames("server.example", "www.server.example"));
        }
        if (chance.oneIn(3)) {
            add(
                    values,
                    Extensions.BASIC_CONSTRAINTS,
                    chance.coin(),
                    Extensions.basicConstraints(chance.oneIn(6), chance.oneIn(10) ? 0 : -1));
        }
        if (chance.coin()) {
            int usage = chance.of(List.of(0x80, 0x80, 0x88, 0xa0, 0x20, 0x08, 0x04, 0x02));
            add(values, Extensions.KEY_USAGE, true, Extensions.keyUsage(usage));
        }
        if (chance.oneIn(3)) {
            String purpose = chance.odd(4) ? clientOrServer() : Extensions.SERVER_AUTH;
            add(values, Extensions.EXTENDED_KEY_USAGE, false, Extensions.extendedKeyUsage(purpose));
        }
        if (chance.oneIn(4)) {
            add(values, Extensions.DISTRIBUTION_POINTS, false, Extensions.distributionPoints(URL));
        }
        addResources(values, true);
        identifiers(values, key, Optional.of(issuer), signer);
        write(values, forge);
    }

    /** Writes that of a proxy certificate (RFC 3820). */
    void proxy(Forge forge) {
        List<Value> values = new ArrayList<>();
        add(values, Extensions.PROXY_CERT_INFO, !chance.oneIn(8), Extensions.proxyCertInfo(chance.below(3) - 1));
        write(values, forge);
    }

    private String clientOrServer() {
        return chance.coin() ? Extensions.CLIENT_AUTH : Extensions.SERVER_AUTH;
    }

    /** RFC 3779: the network 10.0.0.0/8 and AS 1 to 99 at the root, below it the same, a part of it, or another one. */
    private void addResources(List<Value> values, boolean issued) {
        if (!resources || chance.odd(10)) {
            return;
        }
        boolean outside = issued && chance.odd(10);
        boolean critical = !chance.oneIn(4);
        byte[] network = outside ? new byte[] {11} : issued && chance.coin() ? new byte[] {10, 1} : new byte[] {10};
        add(
                values,
                Extensions.IP_ADDRESS_BLOCKS,
                critical,
                issued && chance.oneIn(5) ? Extensions.addressBlocks() : Extensions.addressBlocks(network));
        if (chance.coin()) {
            long last = issued && chance.odd(10) ? 100 : 99;
            add(
                    values,
                    Extensions.AUTONOMOUS_SYSTEMS,
                    critical,
                    Extensions.autonomousSystems(issued && chance.coin() ? last : 1, last));
        }
    }

    private void identifiers(List<Value> values, SigningKey key, Optional<Member> issuer, SigningKey signer) {
        if (!chance.oneIn(10)) {
            add(
                    values,
                    Extensions.SUBJECT_KEY_IDENTIFIER,
                    chance.odd(40),
                    Extensions.subjectKeyIdentifier(key.identifier()));
        }
        if (chance.oneIn(10)) {
            return;
        }
        byte[] identifier = (chance.odd(30) ? keys.key() : signer).identifier();
        byte[] value = issuer.isPresent() && chance.oneIn(6)
                ? byIssuer(identifier, issuer.get())
                : Extensions.authorityKeyIdentifier(identifier);
        add(values, Extensions.AUTHORITY_KEY_IDENTIFIER, chance.odd(40), value);
    }

    private byte[] byIssuer(byte[] identifier, Member issuer) {
        return Extensions.authorityKeyIdentifier(
                chance.coin() ? Optional.of(identifier) : Optional.empty(),
                chance.odd(8) ? issuer.subject() : issuer.issuer(),
                chance.odd(8) ? issuer.serial().negate() : issuer.serial());
    }

    private void write(List<Value> values, Forge forge) {
        if (chance.odd(8)) {
            Value other = others.any();
            values.removeIf(value -> value.oid().equals(other.oid()) && !chance.odd(6));
            byte[] content = chance.oneIn(3) ? damage.spoiled(other.value()) : other.value();
            values.add(chance.below(values.size() + 1), other.with(content));
        }
        if (chance.odd(20)) {
            damage.one(values);
        }
        values.forEach(value -> value.addTo(forge));
    }

    private static void add(List<Value> values, String oid, boolean critical, byte[] value) {
        values.add(new Value(oid, critical, value));
    }
}
