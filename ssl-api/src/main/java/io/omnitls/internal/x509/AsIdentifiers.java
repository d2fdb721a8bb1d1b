package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of autonomous systems that a certificate's owner may use (RFC 3779 section 3), and those of routing domains.
 */
public record AsIdentifiers(Optional<Choice> numbers, Optional<Choice> routingDomains) {

    /**
     * Some numbers.
     *
     * @param ranges empty when they are those of the issuer
     */
    public record Choice(Optional<List<NumberRange>> ranges) {
        public boolean inherits() {
            return ranges.isEmpty();
        }
    }

    /**
     * <pre>
     * ASIdentifiers      ::= SEQUENCE { asnum [0] ASIdentifierChoice OPTIONAL, rdi [1] ASIdentifierChoice OPTIONAL }
     * ASIdentifierChoice ::= CHOICE { inherit NULL, asIdsOrRanges SEQUENCE OF ASIdOrRange }
     * ASIdOrRange        ::= CHOICE { id INTEGER, range SEQUENCE { min INTEGER, max INTEGER } }
     * </pre>
     */
    static AsIdentifiers read(DerReader value) throws DerException {
        DerReader fields = value.enter(DerReader.SEQUENCE);
        Optional<DerReader> numbers = fields.enterIf(DerReader.context(0));
        Optional<DerReader> domains = fields.enterIf(DerReader.context(1));
        fields.requireEnd();
        return new AsIdentifiers(choice(numbers), choice(domains));
    }

    private static Optional<Choice> choice(Optional<DerReader> tagged) throws DerException {
        if (tagged.isEmpty()) {
            return Optional.empty();
        }
        DerReader reader = tagged.get();
        if (reader.peek() == DerReader.NULL) {
            reader.skip();
            reader.requireEnd();
            return Optional.of(new Choice(Optional.empty()));
        }
        DerReader list = reader.enter(DerReader.SEQUENCE);
        reader.requireEnd();
        List<NumberRange> ranges = new ArrayList<>();
        while (!list.atEnd()) {
            if (list.peek() == DerReader.INTEGER) {
                BigInteger id = list.integer();
                ranges.add(new NumberRange(id, id));
            } else {
                DerReader bounds = list.enter(DerReader.SEQUENCE);
                ranges.add(new NumberRange(bounds.integer(), bounds.integer()));
                bounds.requireEnd();
            }
        }
        return Optional.of(new Choice(Optional.of(List.copyOf(ranges))));
    }

    /** Whether they are written in the one form that section 3.2.3 allows. */
    public boolean canonical() {
        return canonical(numbers) && canonical(routingDomains);
    }

    private static boolean canonical(Optional<Choice> choice) {
        return choice.flatMap(Choice::ranges).map(NumberRange::canonical).orElse(true);
    }
}
