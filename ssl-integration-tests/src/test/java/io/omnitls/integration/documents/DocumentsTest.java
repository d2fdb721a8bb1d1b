package io.omnitls.integration.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the documents say by themselves, without being run. */
class DocumentsTest {
    static Stream<Document> documents() {
        return Document.all().stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theJavaCompilesAsItStands(Document document, @TempDir Path classes) throws Exception {
        CompiledDocument.of(document, classes);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Document document) {
        List<String> dead = new ArrayList<>();
        for (String link : document.links()) {
            if (link.matches("[a-z]+:.*")) {
                continue; // another site, which nobody asks in a build
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? document.path()
                    : Path.of("")
                            .resolve(document.path())
                            .resolveSibling(parts[0])
                            .normalize();
            if (!Files.exists(Document.ROOT.resolve(target))) {
                dead.add(link);
            } else if (parts.length == 2 && !Document.read(target).anchors().contains(parts[1])) {
                dead.add(link);
            }
        }
        assertEquals(List.of(), dead);
    }

    @Test
    void theIndexNamesEveryDocument() {
        List<String> linked = Document.read(Path.of("docs/README.md")).links();
        assertEquals(
                List.of(),
                documents()
                        .map(Document::path)
                        .filter(path -> path.startsWith("docs") && !path.endsWith("README.md"))
                        .map(path -> path.getFileName().toString())
                        .filter(name -> !linked.contains(name))
                        .toList());
    }

    @Test
    void theCoordinatesAreThoseOfPublishedModules() throws Exception {
        List<Coordinates> published = Coordinates.published();
        List<Coordinates> named = new ArrayList<>();
        for (Document document : Document.all()) {
            for (Block block : document.blocks()) {
                named.addAll(coordinates(block));
            }
        }
        Path samples = Path.of("samples/pom.xml");
        String pom = Files.readString(Document.ROOT.resolve(samples));
        named.addAll(ofXml(new Block(samples, 1, "xml", pom.substring(pom.indexOf("<project")))));
        assertFalse(named.isEmpty());
        assertEquals(
                List.of(),
                named.stream()
                        .filter(one -> published.stream().noneMatch(one::names))
                        .toList());
    }

    private static List<Coordinates> coordinates(Block block) throws Exception {
        if (block.language().equals("xml")) {
            return ofXml(block);
        }
        return OURS_IN_GRADLE
                .matcher(block.text())
                .results()
                .map(found -> new Coordinates(found.group(1), found.group(2) == null ? "" : found.group(2)))
                .toList();
    }

    private static final Pattern OURS_IN_GRADLE = Pattern.compile("[\"']io\\.omnitls:([\\w-]+)(?::([^\"']+))?[\"']");

    /** An excerpt of a POM has several roots. */
    private static List<Coordinates> ofXml(Block block) throws Exception {
        NodeList dependencies = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<excerpt>" + block.text() + "</excerpt>")))
                .getElementsByTagName("dependency");
        List<Coordinates> found = new ArrayList<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            if (text(dependency, "groupId").equals(Coordinates.GROUP)) {
                found.add(new Coordinates(text(dependency, "artifactId"), text(dependency, "version")));
            }
        }
        return found;
    }

    private static String text(Element element, String name) {
        NodeList children = element.getElementsByTagName(name);
        return children.getLength() == 0
                ? ""
                : children.item(0).getTextContent().strip();
    }

    /** The examples of the command's page are run by the tests of ssl-cli. */
    @Test
    void theCommandIsCalledAsOnItsPage() {
        String shown = Document.read(Path.of("docs/command.md"))
                .blocks("sh")
                .map(Block::text)
                .collect(Collectors.joining("\n"));
        List<String> unknown = Document.all().stream()
                .flatMap(document -> document.blocks("sh"))
                .flatMap(block -> CALL.matcher(block.text()).results())
                .map(call -> "tls " + call.group(1))
                .filter(call -> !shown.contains("$ " + call) && !shown.contains("| " + call))
                .toList();
        assertEquals(List.of(), unknown);
    }

    private static final Pattern CALL = Pattern.compile("\\./tls ([a-z]\\w*)");
}
