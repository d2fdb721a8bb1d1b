package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * A distinguished name (RFC 5280 section 4.1.2.4) as it was written and in the form in which OpenSSL compares it. Two
 * names are equal when their canonical forms are, whatever type of string each is written in.
 */
public final class Name {
    /** The name of nobody. */
    public static final Name EMPTY = new Name(List.of(), Bytes.copyOf(DerWriter.sequence()), Bytes.copyOf(new byte[0]));

    private final List<List<Attribute>> rdns;
    private final Bytes encoded;
    private final Bytes canonical;

    private Name(List<List<Attribute>> rdns, Bytes encoded, Bytes canonical) {
        this.rdns = rdns;
        this.encoded = encoded;
        this.canonical = canonical;
    }

    /** Reads a name that is all of {@code der}. */
    public static Name of(byte[] der) throws DerException {
        DerReader reader = DerReader.of(der);
        Name name = read(reader);
        reader.requireEnd();
        return name;
    }

    /**
     * <pre>
     * Name                      ::= SEQUENCE OF RelativeDistinguishedName
     * RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
     * </pre>
     */
    public static Name read(DerReader reader) throws DerException {
        byte[] encoded = reader.element();
        DerReader sequence = DerReader.of(encoded).enter(DerReader.SEQUENCE);
        List<List<Attribute>> rdns = new ArrayList<>();
        while (!sequence.atEnd()) {
            List<Attribute> rdn = readRdn(sequence.enter(DerReader.SET));
            if (!rdn.isEmpty()) {
                rdns.add(rdn);
            }
        }
        return new Name(List.copyOf(rdns), Bytes.copyOf(encoded), CanonicalName.of(rdns));
    }

    static List<Attribute> readRdn(DerReader set) throws DerException {
        List<Attribute> rdn = new ArrayList<>(1);
        while (!set.atEnd()) {
            rdn.add(Attribute.read(set));
        }
        return List.copyOf(rdn);
    }

    /** This name with one more RDN at its end: what a nameRelativeToCRLIssuer stands for (RFC 5280 section 4.2.1.13). */
    Name with(List<Attribute> rdn) throws DerException {
        List<List<Attribute>> longer = new ArrayList<>(rdns);
        longer.add(rdn);
        return new Name(List.copyOf(longer), encoded, CanonicalName.of(longer));
    }

    /** The RDNs in the order of the certificate, each with one attribute or more. */
    public List<List<Attribute>> rdns() {
        return rdns;
    }

    /** All attributes, in the order of the certificate. */
    public List<Attribute> attributes() {
        List<Attribute> all = new ArrayList<>();
        rdns.forEach(all::addAll);
        return all;
    }

    public boolean isEmpty() {
        return rdns.isEmpty();
    }

    /** The name in DER, as it was read. */
    public Bytes encoded() {
        return encoded;
    }

    /** The RDNs in OpenSSL's canonical form ({@code x509_name_canon}), without a SEQUENCE around them. */
    public Bytes canonical() {
        return canonical;
    }

    /** Whether this name lies in the subtree of {@code base}: RDN by RDN from the left. */
    public boolean within(Name base) {
        if (canonical.size() < base.canonical.size()) {
            return false;
        }
        for (int i = 0; i < base.canonical.size(); i++) {
            if (canonical.at(i) != base.canonical.at(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && canonical.equals(name.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    /** For messages: in the order of RFC 4514, the last part first, bounded and on one line. */
    @Override
    public String toString() {
        if (rdns.isEmpty()) {
            return "(nobody)";
        }
        StringBuilder text = new StringBuilder();
        for (int i = rdns.size() - 1; i >= 0 && text.length() <= MAX_TEXT; i--) {
            text.append(text.length() == 0 ? "" : ", ");
            for (int j = 0; j < rdns.get(i).size(); j++) {
                text.append(j == 0 ? "" : "+").append(rdns.get(i).get(j));
            }
        }
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text.toString();
    }

    private static final int MAX_TEXT = 200;
}
