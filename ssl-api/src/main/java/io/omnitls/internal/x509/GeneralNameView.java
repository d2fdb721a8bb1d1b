package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A GeneralName (RFC 5280 section 4.2.1.6).
 *
 * @param kind the number of its tag, 0 to 8
 * @param content what stands under the tag
 * @param directory the name, when this is a directoryName
 */
public record GeneralNameView(int kind, Bytes content, Optional<Name> directory) {
    public static final int OTHER = 0;
    public static final int EMAIL = 1;
    public static final int DNS = 2;
    public static final int DIRECTORY = 4;
    private static final int EDI_PARTY = 5;
    public static final int URI = 6;
    public static final int IP = 7;
    public static final int REGISTERED_ID = 8;

    /** id-on-SmtpUTF8Mailbox (RFC 8398 section 3). */
    private static final String SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";

    /** A name of a kind that has no directory in it. */
    public static GeneralNameView of(int kind, Bytes content) {
        return new GeneralNameView(kind, content, Optional.empty());
    }

    /** {@code name} as a directoryName. */
    public static GeneralNameView ofDirectory(Name name) {
        return new GeneralNameView(DIRECTORY, name.encoded(), Optional.of(name));
    }

    /** {@code GeneralNames ::= SEQUENCE OF GeneralName}, whose tag was read. */
    static List<GeneralNameView> readAll(DerReader list) throws DerException {
        List<GeneralNameView> names = new ArrayList<>();
        while (!list.atEnd()) {
            names.add(read(list));
        }
        return List.copyOf(names);
    }

    /**
     * <pre>
     * GeneralName ::= CHOICE {
     *     otherName                 [0] SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY },
     *     rfc822Name                [1] IA5String,
     *     dNSName                   [2] IA5String,
     *     x400Address               [3] ORAddress,
     *     directoryName             [4] Name,
     *     ediPartyName              [5] EDIPartyName,
     *     uniformResourceIdentifier [6] IA5String,
     *     iPAddress                 [7] OCTET STRING,
     *     registeredID              [8] OBJECT IDENTIFIER }
     * </pre>
     */
    static GeneralNameView read(DerReader list) throws DerException {
        int tag = list.peek();
        int kind = tag & 0x1f;
        boolean primitive = kind == EMAIL || kind == DNS || kind == URI || kind == IP || kind == REGISTERED_ID;
        if (kind > REGISTERED_ID || tag != (primitive ? DerReader.contextPrimitive(kind) : DerReader.context(kind))) {
            throw new DerException("a GeneralName with the tag " + tag);
        }
        DerReader content = list.enter(tag);
        Bytes bytes = Bytes.copyOf(content.remaining());
        return new GeneralNameView(kind, bytes, directory(kind, content));
    }

    /** The name of a directoryName; the others are read for their form alone. */
    private static Optional<Name> directory(int kind, DerReader content) throws DerException {
        switch (kind) {
            case OTHER -> {
                content.oid();
                content.enter(DerReader.context(0)).skip();
                content.requireEnd();
            }
            case REGISTERED_ID -> DerReader.oid(content.remaining());
            case EDI_PARTY -> requireEdiParty(content);
            case DIRECTORY -> {
                Name name = Name.read(content);
                content.requireEnd();
                return Optional.of(name);
            }
            default -> {
                // X.400 addresses are any SEQUENCE, and the strings and addresses any bytes.
            }
        }
        return Optional.empty();
    }

    /** {@code EDIPartyName ::= SEQUENCE { nameAssigner [0] DirectoryString OPTIONAL, partyName [1] DirectoryString }}. */
    private static void requireEdiParty(DerReader content) throws DerException {
        Optional<DerReader> assigner = content.enterIf(DerReader.context(0));
        if (assigner.isPresent()) {
            assigner.get().skip();
        }
        content.enter(DerReader.context(1)).skip();
        content.requireEnd();
    }

    /** The characters of a mailbox, a DNS name or a URI, a byte each. */
    public String text() {
        return new String(content.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    /**
     * Whether a subtree with this base is about {@code name}: of one kind, and of one type where that is another's. A mailbox
     * beyond ASCII counts as a mailbox (RFC 8398 section 6).
     */
    public boolean sameKind(GeneralNameView name) {
        if (name.kind == OTHER && name.otherType().equals(SMTP_UTF8_MAILBOX)) {
            return kind == EMAIL;
        }
        return kind == name.kind && (kind != OTHER || otherType().equals(name.otherType()));
    }

    /** The type-id of an otherName. */
    private String otherType() {
        try {
            return DerReader.of(content.toByteArray()).oid();
        } catch (DerException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The mailbox in an otherName of that type; empty when it is none of the string that it has to be. */
    public Optional<String> smtpUtf8Mailbox() {
        try {
            DerReader fields = DerReader.of(content.toByteArray());
            fields.oid();
            DerReader value = fields.enter(DerReader.context(0));
            return value.peek() == Attribute.UTF8_STRING
                    ? Optional.of(new String(value.content(Attribute.UTF8_STRING), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (DerException malformed) {
            return Optional.empty();
        }
    }

    /** The object identifier of a registeredID, with dots. */
    public String objectIdentifier() {
        try {
            return DerReader.oid(content.toByteArray());
        } catch (DerException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Whether both name the same: {@code GENERAL_NAME_cmp}. */
    public boolean same(GeneralNameView other) {
        return kind == other.kind
                && (directory.isPresent() ? directory.equals(other.directory) : content.equals(other.content));
    }
}
