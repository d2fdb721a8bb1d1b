package io.omnitls.internal.x509;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The form of those extensions of RFC 5280 that no verdict of OpenSSL's hangs on, so that {@link CertificateExtensions}
 * leaves them unread; and for all of them what OpenSSL lets pass: bytes behind the value, and two of one kind.
 */
public final class ExtensionSyntax {
    /** What an extension has to be made of. */
    private interface Form {
        void require(DerReader value) throws DerException;
    }

    private static final Map<String, Form> UNREAD = Map.of(
            Extension.AUTHORITY_INFO_ACCESS, list(ExtensionSyntax::accessDescription),
            Extension.SUBJECT_INFO_ACCESS, list(ExtensionSyntax::accessDescription),
            Extension.ISSUER_ALT_NAME, list(GeneralNameView::read),
            Extension.FRESHEST_CRL, list(DerReader::skip),
            Extension.CERTIFICATE_POLICIES, list(ExtensionSyntax::policyInformation),
            Extension.POLICY_MAPPINGS, list(ExtensionSyntax::policyMapping),
            Extension.POLICY_CONSTRAINTS, ExtensionSyntax::policyConstraints,
            Extension.INHIBIT_ANY_POLICY, value -> requireNatural(value.content(DerReader.INTEGER)));

    private static final Map<String, String> NAMES = names();

    private ExtensionSyntax() {}

    /** What is wrong, as the end of a sentence about the certificate; empty when nothing is. */
    public static Optional<String> complaint(CertificateExtensions extensions) {
        Set<String> seen = new HashSet<>();
        for (Extension extension : extensions.all()) {
            String name = NAMES.getOrDefault(extension.oid(), "extension " + Excerpt.oid(extension.oid()));
            if (!seen.add(extension.oid())) {
                return Optional.of("has two of the " + name);
            }
            if (NAMES.containsKey(extension.oid()) && malformed(extension)) {
                return Optional.of("has a malformed " + name);
            }
        }
        return Optional.empty();
    }

    private static boolean malformed(Extension extension) {
        try {
            DerReader whole = DerReader.of(extension.value().toByteArray());
            whole.skip();
            whole.requireEnd();
            Form form = UNREAD.get(extension.oid());
            if (form != null) {
                form.require(DerReader.of(extension.value().toByteArray()));
            }
            return false;
        } catch (DerException broken) {
            return true;
        }
    }

    /** {@code SEQUENCE SIZE (1..MAX) OF}. */
    private static Form list(Form element) {
        return value -> {
            DerReader elements = value.enter(DerReader.SEQUENCE);
            do {
                element.require(elements);
            } while (!elements.atEnd());
        };
    }

    private static void accessDescription(DerReader list) throws DerException {
        DerReader fields = list.enter(DerReader.SEQUENCE);
        fields.oid();
        GeneralNameView.read(fields);
        fields.requireEnd();
    }

    /** {@code PolicyInformation ::= SEQUENCE { OBJECT IDENTIFIER, SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo OPTIONAL }}. */
    private static void policyInformation(DerReader list) throws DerException {
        DerReader fields = list.enter(DerReader.SEQUENCE);
        fields.oid();
        if (!fields.atEnd()) {
            list(ExtensionSyntax::policyQualifier).require(fields);
        }
        fields.requireEnd();
    }

    private static void policyQualifier(DerReader list) throws DerException {
        DerReader fields = list.enter(DerReader.SEQUENCE);
        fields.oid();
        fields.skip();
        fields.requireEnd();
    }

    private static void policyMapping(DerReader list) throws DerException {
        DerReader fields = list.enter(DerReader.SEQUENCE);
        fields.oid();
        fields.oid();
        fields.requireEnd();
    }

    /** {@code SEQUENCE { requireExplicitPolicy [0] INTEGER OPTIONAL, inhibitPolicyMapping [1] INTEGER OPTIONAL }}, not empty. */
    private static void policyConstraints(DerReader value) throws DerException {
        DerReader fields = value.enter(DerReader.SEQUENCE);
        Optional<DerReader> explicit = fields.enterIf(DerReader.contextPrimitive(0));
        Optional<DerReader> mapping = fields.enterIf(DerReader.contextPrimitive(1));
        fields.requireEnd();
        if (explicit.isEmpty() && mapping.isEmpty()) {
            throw new DerException("policyConstraints that constrain nothing");
        }
        if (explicit.isPresent()) {
            requireNatural(explicit.get().remaining());
        }
        if (mapping.isPresent()) {
            requireNatural(mapping.get().remaining());
        }
    }

    private static void requireNatural(byte[] content) throws DerException {
        if (DerReader.integer(content).signum() < 0) {
            throw new DerException("a negative count of certificates");
        }
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(Extension.SUBJECT_KEY_IDENTIFIER, "subjectKeyIdentifier");
        names.put(Extension.KEY_USAGE, "keyUsage");
        names.put(Extension.SUBJECT_ALT_NAME, "subjectAltName");
        names.put(Extension.ISSUER_ALT_NAME, "issuerAltName");
        names.put(Extension.BASIC_CONSTRAINTS, "basicConstraints");
        names.put(Extension.NAME_CONSTRAINTS, "nameConstraints");
        names.put(Extension.CRL_DISTRIBUTION_POINTS, "cRLDistributionPoints");
        names.put(Extension.FRESHEST_CRL, "freshestCRL");
        names.put(Extension.CERTIFICATE_POLICIES, "certificatePolicies");
        names.put(Extension.POLICY_MAPPINGS, "policyMappings");
        names.put(Extension.AUTHORITY_KEY_IDENTIFIER, "authorityKeyIdentifier");
        names.put(Extension.POLICY_CONSTRAINTS, "policyConstraints");
        names.put(Extension.EXTENDED_KEY_USAGE, "extendedKeyUsage");
        names.put(Extension.INHIBIT_ANY_POLICY, "inhibitAnyPolicy");
        names.put(Extension.AUTHORITY_INFO_ACCESS, "authorityInfoAccess");
        names.put(Extension.SUBJECT_INFO_ACCESS, "subjectInfoAccess");
        return Map.copyOf(names);
    }
}
