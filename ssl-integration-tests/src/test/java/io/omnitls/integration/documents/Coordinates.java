package io.omnitls.integration.documents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What a build names a module by.
 *
 * @param version empty if the BOM says it
 */
record Coordinates(String artifact, String version) {
    static final String GROUP = "io.omnitls";

    /** Those of the modules of this build that are published. */
    static List<Coordinates> published() throws Exception {
        Element root = read(Document.ROOT.resolve("pom.xml"));
        String version = child(root, "version");
        NodeList modules = root.getElementsByTagName("module");
        List<Coordinates> found = new ArrayList<>();
        for (int i = 0; i < modules.getLength(); i++) {
            Path pom = Document.ROOT.resolve(modules.item(i).getTextContent()).resolve("pom.xml");
            if (!Files.readString(pom).contains("<maven.deploy.skip>true")) {
                found.add(new Coordinates(child(read(pom), "artifactId"), version));
            }
        }
        return found;
    }

    /** Whether these are {@code module}'s, its version left out or not. */
    boolean names(Coordinates module) {
        return artifact.equals(module.artifact) && (version.isEmpty() || version.equals(module.version));
    }

    private static Element read(Path pom) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getDocumentElement();
    }

    private static String child(Element parent, String name) {
        NodeList all = parent.getElementsByTagName(name);
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i).getParentNode() == parent) {
                return all.item(i).getTextContent().strip();
            }
        }
        throw new AssertionError("no " + name + " in a POM");
    }
}
