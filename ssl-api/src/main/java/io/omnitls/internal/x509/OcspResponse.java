package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A decoded BasicOCSPResponse (RFC 6960 section 4.2.1). Nothing about it has been checked.
 *
 * @param signed {@code tbsResponseData}, and who signed it how
 * @param certificates what the responder sent to prove who it is, DER
 */
public record OcspResponse(Signed signed, Responder responder, List<Single> answers, List<Bytes> certificates) {
    private static final String BASIC = "1.3.6.1.5.5.7.48.1.1";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** No responder that staples answers for more certificates than that. */
    private static final int MAX_ANSWERS = 100;

    public OcspResponse {
        answers = List.copyOf(answers);
        certificates = List.copyOf(certificates);
    }

    /** Who answered: by the DER bytes of a name, or by the SHA-1 digest of a key. */
    public record Responder(Optional<Bytes> name, Optional<Bytes> keyHash) {}

    /** What is said of a certificate. */
    public enum Status {
        GOOD,
        REVOKED,
        UNKNOWN
    }

    /** The answer for one certificate, which is named by digests of its issuer's name and key and by its number. */
    public record Single(
            String digest,
            Bytes issuerName,
            Bytes issuerKey,
            BigInteger serial,
            Status status,
            Instant thisUpdate,
            Optional<Instant> nextUpdate) {}

    /**
     * Decodes an OCSPResponse.
     *
     * @throws DerException when it is malformed, or says that the responder could not answer
     */
    public static OcspResponse parse(byte[] der) throws DerException {
        DerReader outer = DerReader.of(der);
        DerReader response = outer.enter(DerReader.SEQUENCE);
        outer.requireEnd();
        byte[] status = response.content(DerReader.ENUMERATED);
        if (status.length != 1 || status[0] != 0) {
            throw new DerException("the responder did not answer, its status is " + Bytes.copyOf(status));
        }
        DerReader typed = response.enter(DerReader.context(0)).enter(DerReader.SEQUENCE);
        String type = typed.oid();
        if (!type.equals(BASIC)) {
            throw new DerException("a response of the type " + type + " is not known");
        }
        DerReader basic = DerReader.of(typed.content(DerReader.OCTET_STRING)).enter(DerReader.SEQUENCE);
        Signed signed = Signed.readFields(basic);
        DerReader data = DerReader.of(signed.content()).enter(DerReader.SEQUENCE);
        if (data.peek() == DerReader.context(0)) {
            data.skip(); // version
        }
        Responder responder = responder(data);
        data.skip(); // producedAt
        List<Single> answers = answers(data.enter(DerReader.SEQUENCE));
        return new OcspResponse(signed, responder, answers, certificates(basic.enterIf(DerReader.context(0))));
    }

    private static Responder responder(DerReader data) throws DerException {
        Optional<DerReader> name = data.enterIf(DerReader.context(1));
        return name.isPresent()
                ? new Responder(Optional.of(Bytes.copyOf(name.get().element())), Optional.empty())
                : new Responder(
                        Optional.empty(),
                        Optional.of(
                                Bytes.copyOf(data.enter(DerReader.context(2)).content(DerReader.OCTET_STRING))));
    }

    private static List<Single> answers(DerReader list) throws DerException {
        List<Single> answers = new ArrayList<>();
        while (!list.atEnd()) {
            if (answers.size() == MAX_ANSWERS) {
                throw new DerException("more than " + MAX_ANSWERS + " answers");
            }
            answers.add(single(list.enter(DerReader.SEQUENCE)));
        }
        return answers;
    }

    private static Single single(DerReader fields) throws DerException {
        DerReader id = fields.enter(DerReader.SEQUENCE);
        String digest = id.enter(DerReader.SEQUENCE).oid();
        Bytes issuerName = Bytes.copyOf(id.content(DerReader.OCTET_STRING));
        Bytes issuerKey = Bytes.copyOf(id.content(DerReader.OCTET_STRING));
        BigInteger serial = id.integer();
        Status status = status(fields.peek());
        fields.skip();
        Instant thisUpdate = time(fields.content(DerReader.GENERALIZED_TIME));
        Optional<DerReader> nextUpdate = fields.enterIf(DerReader.context(0));
        return new Single(
                digest,
                issuerName,
                issuerKey,
                serial,
                status,
                thisUpdate,
                nextUpdate.isPresent()
                        ? Optional.of(time(nextUpdate.get().content(DerReader.GENERALIZED_TIME)))
                        : Optional.empty());
    }

    private static Status status(int tag) throws DerException {
        if (tag == DerReader.contextPrimitive(0)) {
            return Status.GOOD;
        }
        if (tag == DerReader.context(1)) {
            return Status.REVOKED;
        }
        if (tag == DerReader.contextPrimitive(2)) {
            return Status.UNKNOWN;
        }
        throw new DerException("a certificate's status has the tag " + tag);
    }

    private static Instant time(byte[] text) throws DerException {
        try {
            return Instant.from(TIME.parse(new String(text, StandardCharsets.US_ASCII)));
        } catch (DateTimeException malformed) {
            throw new DerException("a time is not of the form YYYYMMDDhhmmssZ");
        }
    }

    private static List<Bytes> certificates(Optional<DerReader> wrapped) throws DerException {
        List<Bytes> certificates = new ArrayList<>();
        if (wrapped.isPresent()) {
            DerReader list = wrapped.get().enter(DerReader.SEQUENCE);
            while (!list.atEnd()) {
                certificates.add(Bytes.copyOf(list.element()));
            }
        }
        return certificates;
    }
}
