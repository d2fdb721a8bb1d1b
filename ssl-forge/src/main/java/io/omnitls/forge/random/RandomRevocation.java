package io.omnitls.forge.random;

import io.omnitls.forge.Algorithms;
import io.omnitls.forge.Der;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Names;
import io.omnitls.forge.Times;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Revocation lists of the members of a hierarchy. */
final class RandomRevocation {
    private final Chance chance;
    private final RandomKeys keys;
    private final RandomNames names;
    private final RandomTimes times;
    private final Damage damage;
    private final Set<Mark> marks = EnumSet.noneOf(Mark.class);

    RandomRevocation(Chance chance, RandomKeys keys, RandomNames names, RandomTimes times) {
        this.chance = chance;
        this.keys = keys;
        this.names = names;
        this.times = times;
        this.damage = new Damage(chance);
    }

    /** What the lists so far have in them. */
    Set<Mark> marks() {
        return marks;
    }

    /** A list of the issuer's, which may revoke members. */
    byte[] list(Member issuer, List<Member> members) throws GeneralSecurityException {
        Forge forge = new Forge().issuer(names.issuer(issuer.text(), issuer.subject()));
        times.updates(forge);
        if (chance.oneIn(2)) {
            int entries = 1 + chance.below(3);
            for (int i = 0; i < entries; i++) {
                entry(
                        forge,
                        chance.oneIn(3)
                                ? Der.integer(7)
                                : Der.integer(chance.of(members).serial()),
                        issuer);
            }
        }
        List<Value> values = extensions(issuer);
        if (chance.odd(12) && damage.one(values).equals(Extensions.ISSUING_DISTRIBUTION_POINT)) {
            marks.add(Mark.SPOILED_ISSUING_DISTRIBUTION_POINT);
        }
        values.forEach(value -> value.addTo(forge));
        if (chance.oneIn(12)) {
            forge.version(chance.of(List.of(new byte[0], Der.integer(0), Der.integer(2))));
        }
        if (chance.odd(40)) {
            forge.innerAlgorithm(Algorithms.withoutParameters("1.2.840.10045.4.3.3"));
        } else if (chance.odd(60)) {
            forge.outerAlgorithm(Algorithms.withoutParameters("1.2.840.10045.4.3.4"));
        }
        return forge.crl(keys.scheme(chance.odd(20) ? keys.key() : issuer.key()));
    }

    private List<Value> extensions(Member issuer) {
        List<Value> values = new ArrayList<>();
        if (chance.coin()) {
            byte[] identifier = (chance.odd(12) ? keys.key() : issuer.key()).identifier();
            values.add(new Value(
                    Extensions.AUTHORITY_KEY_IDENTIFIER,
                    chance.oneIn(8),
                    Extensions.authorityKeyIdentifier(identifier)));
        }
        if (chance.odd(6)) {
            values.add(new Value(
                    Extensions.ISSUING_DISTRIBUTION_POINT,
                    chance.coin(),
                    Extensions.issuingDistributionPoint(
                            chance.of(List.of("", "", RandomExtensions.URL, "http://crl.example/2")),
                            chance.of(List.of(
                                    new int[0], new int[] {1}, new int[] {2}, new int[] {5}, new int[] {4}, new int[] {
                                        1, 2
                                    })))));
        }
        if (chance.oneIn(3)) {
            values.add(new Value(Extensions.CRL_NUMBER, chance.odd(30), Der.integer(5)));
        }
        if (chance.odd(40)) {
            values.add(new Value(Extensions.DELTA_CRL_INDICATOR, chance.coin(), Der.integer(3)));
            marks.add(Mark.DELTA_CRL);
        }
        if (chance.odd(8)) {
            values.add(chance.of(List.of(
                    new Value(Extensions.UNKNOWN, chance.coin(), Der.nothing()),
                    new Value(
                            Extensions.FRESHEST_CRL,
                            chance.coin(),
                            Extensions.distributionPoints(RandomExtensions.URL)),
                    new Value(
                            Extensions.AUTHORITY_INFO_ACCESS,
                            chance.coin(),
                            Extensions.authorityInfoAccess("http://ocsp.example/")))));
        }
        return values;
    }

    private void entry(Forge forge, byte[] serial, Member issuer) {
        if (!chance.odd(2)) {
            forge.revoke(serial, times.revocation());
            return;
        }
        Value value = chance.of(List.of(
                new Value(Extensions.REASON_CODE, false, Der.enumerated(1)),
                new Value(Extensions.REASON_CODE, chance.odd(4), Der.enumerated(chance.of(List.of(0, 6, 8, 99)))),
                new Value(Extensions.INVALIDITY_DATE, chance.odd(4), Times.generalized("20250101000000Z")),
                new Value(
                        Extensions.CERTIFICATE_ISSUER,
                        chance.coin(),
                        Der.sequence(
                                Names.directoryName(chance.coin() ? issuer.subject() : Names.commonName("somebody")))),
                new Value(Extensions.UNKNOWN, chance.coin(), Der.nothing())));
        byte[] content = chance.odd(6) ? damage.spoiled(value.value()) : value.value();
        forge.revoke(serial, times.revocation(), Forge.extensionElement(value.oid(), value.critical(), content));
    }
}
