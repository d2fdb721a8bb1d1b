package io.omnitls.integration.documents;

import java.nio.file.Path;

/**
 * A fenced block of a document.
 *
 * @param line the number of its first line in the document
 */
record Block(Path document, int line, String language, String text) {
    @Override
    public String toString() {
        return document + ":" + line;
    }
}
