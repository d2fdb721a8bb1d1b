package io.omnitls.cli;

import java.io.IOException;
import java.util.Map;

/** A failure after which something is known that belongs to JSON's readers too. */
final class HalfDone extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Map<String, Object> facts;
    private final IOException failure;

    HalfDone(Map<String, Object> facts, IOException failure) {
        super(failure);
        this.facts = facts;
        this.failure = failure;
    }

    Map<String, Object> facts() {
        return facts;
    }

    IOException failure() {
        return failure;
    }
}
