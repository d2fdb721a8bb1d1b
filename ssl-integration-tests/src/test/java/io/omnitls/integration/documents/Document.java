package io.omnitls.integration.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown file.
 *
 * @param path from the root of the sources
 * @param prose its lines outside of the blocks
 * @param blocks the fenced blocks, from the top
 */
record Document(Path path, List<String> prose, List<Block> blocks) {
    /** The root of the sources; tests run in the folder of their module. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final String FENCE = "```";
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");

    /** What users read: README.md, and all that is in docs and in samples. */
    static List<Document> all() {
        List<Document> documents = new ArrayList<>(List.of(read(Path.of("README.md"))));
        for (String folder : List.of("docs", "samples")) {
            if (Files.isDirectory(ROOT.resolve(folder))) {
                try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                    files.filter(file -> file.toString().endsWith(".md"))
                            .sorted()
                            .map(ROOT::relativize)
                            .map(Document::read)
                            .forEach(documents::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return documents;
    }

    static Document read(Path path) {
        try {
            return parse(path, Files.readAllLines(ROOT.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document parse(Path path, List<String> lines) {
        List<String> prose = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                prose.add(lines.get(i));
                continue;
            }
            int first = i + 1;
            String language = lines.get(i).substring(FENCE.length()).strip();
            int end = first;
            while (!lines.get(end).equals(FENCE)) {
                end++;
            }
            blocks.add(new Block(path, first + 1, language, String.join("\n", lines.subList(first, end))));
            i = end;
        }
        return new Document(path, List.copyOf(prose), List.copyOf(blocks));
    }

    Stream<Block> blocks(String language) {
        return blocks.stream().filter(block -> block.language().equals(language));
    }

    /** The targets of its links. */
    List<String> links() {
        return prose.stream()
                .flatMap(line -> LINK.matcher(line).results().map(link -> link.group(1)))
                .toList();
    }

    /** What stands in backquotes, over ends of lines too. */
    List<String> code() {
        return CODE.matcher(String.join(" ", prose))
                .results()
                .map(code -> code.group().substring(1, code.group().length() - 1))
                .toList();
    }

    /** What a link can name after the {@code #}: the headings as GitHub spells them. */
    List<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        List<String> anchors = new ArrayList<>();
        for (String line : prose) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String slug = heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
                int before = seen.merge(slug, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? slug : slug + "-" + before);
            }
        }
        return anchors;
    }

    private static final Pattern HEADING = Pattern.compile("#{1,6} (.*?)\\s*");

    /**
     * What its fragments have at hand: the backquoted {@code Type name} pairs of the paragraph that begins with
     * {@value #AT_HAND}.
     */
    List<Variable> atHand() {
        int first = 0;
        while (first < prose.size() && !prose.get(first).startsWith(AT_HAND)) {
            first++;
        }
        int end = first;
        while (end < prose.size() && !prose.get(end).isBlank()) {
            end++;
        }
        return new Document(path, prose.subList(first, end), List.of())
                .code().stream()
                        .map(VARIABLE::matcher)
                        .filter(Matcher::matches)
                        .map(pair -> new Variable(pair.group(1), pair.group(2)))
                        .toList();
    }

    private static final String AT_HAND = "Fragments have at hand";
    private static final Pattern VARIABLE =
            Pattern.compile("((?:[a-z]+\\.)*[A-Z]\\w*(?:<[^>]*>)?|int|long) ([a-z]\\w*)");

    @Override
    public String toString() {
        return path.toString();
    }
}
