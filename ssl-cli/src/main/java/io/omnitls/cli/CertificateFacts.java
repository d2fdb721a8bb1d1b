package io.omnitls.cli;

import io.omnitls.cert.CertificateInfo;
import io.omnitls.cert.GeneralName;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to show of a certificate, for people and for programs. What cannot be read is left out. */
final class CertificateFacts {
    /** RFC 5280 section 4.2.1.3, in the order of the bits. */
    private static final List<String> KEY_USAGES = List.of(
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly");

    private static final Map<String, String> PURPOSES = Map.of(
            "2.5.29.37.0", "anyExtendedKeyUsage",
            "1.3.6.1.5.5.7.3.1", "serverAuth",
            "1.3.6.1.5.5.7.3.2", "clientAuth",
            "1.3.6.1.5.5.7.3.3", "codeSigning",
            "1.3.6.1.5.5.7.3.4", "emailProtection",
            "1.3.6.1.5.5.7.3.8", "timeStamping",
            "1.3.6.1.5.5.7.3.9", "OCSPSigning");

    /** By what JDKs call them: up to 24 by their numbers, then by their names. */
    private static final Map<String, String> CURVES = Map.of(
            "secp256r1", "P-256",
            "secp384r1", "P-384",
            "secp521r1", "P-521",
            "1.2.840.10045.3.1.7", "P-256",
            "1.3.132.0.34", "P-384",
            "1.3.132.0.35", "P-521");

    private static final HexFormat FINGERPRINT = HexFormat.ofDelimiter(":").withUpperCase();

    private final X509Certificate certificate;
    private final CertificateInfo info;

    CertificateFacts(X509Certificate certificate) {
        this.certificate = certificate;
        this.info = CertificateInfo.of(certificate);
    }

    CertificateInfo info() {
        return info;
    }

    /** The kind of the key and its size, for instance {@code RSA 2048} or {@code EC P-256}. */
    String key() {
        PublicKey key = certificate.getPublicKey();
        if (key instanceof RSAPublicKey rsa) {
            return key.getAlgorithm() + " " + rsa.getModulus().bitLength();
        }
        if (key instanceof ECPublicKey ec) {
            return "EC " + curve(ec);
        }
        return key instanceof EdECPublicKey edwards ? edwards.getParams().getName() : key.getAlgorithm();
    }

    private static String curve(ECPublicKey key) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(key.getParams());
            String name = parameters.getParameterSpec(ECGenParameterSpec.class).getName();
            return CURVES.getOrDefault(name, name);
        } catch (GeneralSecurityException unknown) {
            return key.getParams().getCurve().getField().getFieldSize() + " bits";
        }
    }

    String signature() {
        return certificate.getSigAlgName();
    }

    /** The SHA-256 of the encoding, as {@code openssl x509 -fingerprint} writes it. */
    String fingerprint() {
        try {
            return FINGERPRINT.formatHex(MessageDigest.getInstance("SHA-256").digest(info.encoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** What it may be used for: {@code CA}, keyUsage and extKeyUsage in their RFCs' words. */
    List<String> usages() {
        List<String> usages = new ArrayList<>();
        int pathLength = certificate.getBasicConstraints();
        if (pathLength >= 0) {
            usages.add(pathLength == Integer.MAX_VALUE ? "CA" : "CA (path length " + pathLength + ")");
        }
        boolean[] bits = certificate.getKeyUsage();
        for (int i = 0; bits != null && i < Math.min(bits.length, KEY_USAGES.size()); i++) {
            if (bits[i]) {
                usages.add(KEY_USAGES.get(i));
            }
        }
        purposes().forEach(oid -> usages.add(PURPOSES.getOrDefault(oid, oid)));
        return usages;
    }

    private List<String> purposes() {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (GeneralSecurityException malformed) {
            return List.of();
        }
    }

    /** Labels and what stands beside them, in the order in which they are shown. */
    Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        rows.put("Subject", List.of(info.subject().toString()));
        rows.put("Issuer", List.of(info.issuer().toString()));
        rows.put("Serial", List.of(info.serialNumber()));
        rows.put("Valid", List.of(Validity.of(info, Instant.now()).text()));
        rows.put("Key", List.of(key()));
        rows.put("Signature", List.of(signature()));
        rows.put("SHA-256", List.of(fingerprint()));
        rows.put("Names", names());
        rows.put("Usage", usages());
        rows.put("OCSP", info.ocspResponders());
        rows.put("Issuer at", info.caIssuers());
        rows.put("CRL", info.crlDistributionPoints());
        rows.values().removeIf(values -> values.isEmpty() || values.equals(List.of("")));
        return rows;
    }

    private List<String> names() {
        return info.subjectAltNames().stream()
                .map(name -> name.kind() + ":" + name.value())
                .toList();
    }

    Map<String, Object> json() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("subject", info.subject().toString());
        facts.put("issuer", info.issuer().toString());
        facts.put("serialNumber", info.serialNumber());
        facts.put("version", info.version());
        time(facts, "notBefore", info.notBefore());
        time(facts, "notAfter", info.notAfter());
        facts.put("key", key());
        facts.put("signature", signature());
        facts.put("sha256", fingerprint());
        List<Object> names = new ArrayList<>();
        for (GeneralName name : info.subjectAltNames()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("kind", name.kind());
            entry.put("value", name.value());
            names.add(entry);
        }
        facts.put("names", names);
        facts.put("usage", usages());
        facts.put("ocspResponders", info.ocspResponders());
        facts.put("caIssuers", info.caIssuers());
        facts.put("crlDistributionPoints", info.crlDistributionPoints());
        return facts;
    }

    private static void time(Map<String, Object> facts, String name, Optional<Instant> time) {
        time.ifPresent(moment -> facts.put(name, moment.toString()));
    }
}
