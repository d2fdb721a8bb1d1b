package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A decoded BasicOCSPResponse (RFC 6960 section 4.2.1). Nothing about it has been checked but its form.
 *
 * @param signed {@code tbsResponseData}, and who signed it how
 * @param producedAt when it was signed
 * @param certificates what the responder sent to prove who it is, DER
 * @param unknownCritical the first critical extension of the response that nobody here understands
 */
public record OcspResponse(
        Signed signed,
        Responder responder,
        Instant producedAt,
        List<OcspAnswer> answers,
        List<Bytes> certificates,
        Optional<String> unknownCritical) {
    private static final String BASIC = "1.3.6.1.5.5.7.48.1.1";

    /** RFC 6960 section 4.4: nonce, CRL references, archive cutoff and extended revoke, which change no answer's meaning. */
    private static final Set<String> UNDERSTOOD =
            Set.of("1.3.6.1.5.5.7.48.1.2", "1.3.6.1.5.5.7.48.1.3", "1.3.6.1.5.5.7.48.1.6", "1.3.6.1.5.5.7.48.1.9");

    /** No responder that staples answers for more certificates than that. */
    private static final int MAX_ANSWERS = 100;

    /** Nor does it need more to prove who it is; each may cost a signature. */
    private static final int MAX_CERTIFICATES = 10;

    public OcspResponse {
        answers = List.copyOf(answers);
        certificates = List.copyOf(certificates);
    }

    /** Who answered: by name, or by the SHA-1 digest of a key. */
    public record Responder(Optional<Name> name, Optional<Bytes> keyHash) {}

    /**
     * Decodes an OCSPResponse.
     *
     * <pre>
     * OCSPResponse  ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT ResponseBytes OPTIONAL }
     * ResponseBytes ::= SEQUENCE { responseType OBJECT IDENTIFIER, response OCTET STRING }
     * </pre>
     *
     * @throws DerException when it is malformed, or says that the responder could not answer
     */
    public static OcspResponse parse(byte[] der) throws DerException {
        DerReader outer = DerReader.of(der);
        DerReader response = outer.enter(DerReader.SEQUENCE);
        outer.requireEnd();
        byte[] status = response.content(DerReader.ENUMERATED);
        if (status.length != 1 || status[0] != 0) {
            throw new DerException("the responder did not answer, its status is "
                    + (status.length == 1 ? Integer.toString(status[0]) : "malformed"));
        }
        DerReader tagged = response.enter(DerReader.context(0));
        response.requireEnd();
        DerReader typed = tagged.enter(DerReader.SEQUENCE);
        tagged.requireEnd();
        String type = typed.oid();
        if (!type.equals(BASIC)) {
            throw new DerException("a response of the type " + Excerpt.oid(type) + " is not known");
        }
        byte[] content = typed.content(DerReader.OCTET_STRING);
        typed.requireEnd();
        return basic(content);
    }

    /** {@code BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature, certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL }}. */
    private static OcspResponse basic(byte[] der) throws DerException {
        DerReader outer = DerReader.of(der);
        DerReader fields = outer.enter(DerReader.SEQUENCE);
        outer.requireEnd();
        Signed signed = Signed.readFields(fields);
        List<Bytes> certificates = certificates(fields.enterIf(DerReader.context(0)));
        fields.requireEnd();
        return data(signed, certificates);
    }

    /**
     * <pre>
     * ResponseData ::= SEQUENCE {
     *     version            [0] EXPLICIT INTEGER DEFAULT v1,
     *     responderID        CHOICE { byName [1] Name, byKey [2] OCTET STRING },
     *     producedAt         GeneralizedTime,
     *     responses          SEQUENCE OF SingleResponse,
     *     responseExtensions [1] EXPLICIT Extensions OPTIONAL }
     * </pre>
     */
    private static OcspResponse data(Signed signed, List<Bytes> certificates) throws DerException {
        DerReader data = DerReader.of(signed.content()).enter(DerReader.SEQUENCE);
        Optional<DerReader> version = data.enterIf(DerReader.context(0));
        if (version.isPresent()) {
            requireVersion1(version.get());
        }
        Responder responder = responder(data);
        Instant producedAt = time(data);
        List<OcspAnswer> answers = answers(data.enter(DerReader.SEQUENCE));
        Optional<String> unknown = unknownCritical(data);
        data.requireEnd();
        return new OcspResponse(signed, responder, producedAt, answers, certificates, unknown);
    }

    private static void requireVersion1(DerReader tagged) throws DerException {
        if (tagged.integer().signum() != 0) {
            throw new DerException("a response of a version that is not known");
        }
        tagged.requireEnd();
    }

    private static Responder responder(DerReader data) throws DerException {
        boolean named = data.peek() == DerReader.context(1);
        DerReader tagged = data.enter(DerReader.context(named ? 1 : 2));
        Responder responder = named
                ? new Responder(Optional.of(Name.read(tagged)), Optional.empty())
                : new Responder(Optional.empty(), Optional.of(Bytes.copyOf(tagged.content(DerReader.OCTET_STRING))));
        tagged.requireEnd();
        return responder;
    }

    private static List<OcspAnswer> answers(DerReader list) throws DerException {
        List<OcspAnswer> answers = new ArrayList<>();
        while (!list.atEnd()) {
            if (answers.size() == MAX_ANSWERS) {
                throw new DerException("more than " + MAX_ANSWERS + " answers");
            }
            answers.add(OcspAnswer.read(list.enter(DerReader.SEQUENCE)));
        }
        return answers;
    }

    private static List<Bytes> certificates(Optional<DerReader> wrapped) throws DerException {
        List<Bytes> certificates = new ArrayList<>();
        if (wrapped.isPresent()) {
            DerReader list = wrapped.get().enter(DerReader.SEQUENCE);
            wrapped.get().requireEnd();
            while (!list.atEnd()) {
                if (certificates.size() == MAX_CERTIFICATES) {
                    throw new DerException("more than " + MAX_CERTIFICATES + " certificates");
                }
                certificates.add(Bytes.copyOf(list.element()));
            }
        }
        return certificates;
    }

    /** Reads the {@code [1] EXPLICIT Extensions OPTIONAL} that ends a response and each of its answers. */
    static Optional<String> unknownCritical(DerReader fields) throws DerException {
        Optional<DerReader> tagged = fields.enterIf(DerReader.context(1));
        if (tagged.isEmpty()) {
            return Optional.empty();
        }
        List<Extension> extensions = Extension.readAll(tagged.get().enter(DerReader.SEQUENCE));
        tagged.get().requireEnd();
        return extensions.stream()
                .filter(extension -> extension.critical() && !UNDERSTOOD.contains(extension.oid()))
                .map(extension -> Excerpt.oid(extension.oid()))
                .findFirst();
    }

    /** A GeneralizedTime of the form that RFC 5280 section 4.1.2.5.2 allows, which RFC 6960 section 4.2.2.1 refers to. */
    static Instant time(DerReader fields) throws DerException {
        if (fields.peek() != DerReader.GENERALIZED_TIME) {
            throw new DerException("a time with the tag " + fields.peek());
        }
        return Time.read(fields)
                .instant()
                .orElseThrow(() -> new DerException("a time is not of the form YYYYMMDDhhmmssZ"));
    }
}
