package io.omnitls.internal.x509;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The subtrees of names that an authority is limited to (RFC 5280 section 4.2.1.10), not judged. */
public record NameConstraintsView(Optional<List<Subtree>> permitted, Optional<List<Subtree>> excluded) {

    /**
     * One subtree.
     *
     * @param bounded whether a minimum but zero or a maximum stands in it, which RFC 5280 forbids
     */
    public record Subtree(GeneralNameView base, boolean bounded) {}

    /**
     * <pre>
     * NameConstraints ::= SEQUENCE {
     *     permittedSubtrees [0] GeneralSubtrees OPTIONAL,
     *     excludedSubtrees  [1] GeneralSubtrees OPTIONAL }
     * </pre>
     */
    static NameConstraintsView read(DerReader value) throws DerException {
        DerReader fields = value.enter(DerReader.SEQUENCE);
        Optional<DerReader> permitted = fields.enterIf(DerReader.context(0));
        Optional<DerReader> excluded = fields.enterIf(DerReader.context(1));
        fields.requireEnd();
        return new NameConstraintsView(subtrees(permitted), subtrees(excluded));
    }

    /**
     * <pre>
     * GeneralSubtree ::= SEQUENCE {
     *     base        GeneralName,
     *     minimum [0] BaseDistance DEFAULT 0,
     *     maximum [1] BaseDistance OPTIONAL }
     * </pre>
     */
    private static Optional<List<Subtree>> subtrees(Optional<DerReader> list) throws DerException {
        if (list.isEmpty()) {
            return Optional.empty();
        }
        List<Subtree> subtrees = new ArrayList<>();
        while (!list.get().atEnd()) {
            DerReader fields = list.get().enter(DerReader.SEQUENCE);
            GeneralNameView base = GeneralNameView.read(fields);
            Optional<DerReader> minimum = fields.enterIf(DerReader.contextPrimitive(0));
            Optional<DerReader> maximum = fields.enterIf(DerReader.contextPrimitive(1));
            fields.requireEnd();
            boolean raised = minimum.isPresent()
                    && DerReader.integer(minimum.get().remaining()).signum() != 0;
            if (maximum.isPresent()) {
                DerReader.integer(maximum.get().remaining());
            }
            subtrees.add(new Subtree(base, raised || maximum.isPresent()));
        }
        return Optional.of(List.copyOf(subtrees));
    }
}
