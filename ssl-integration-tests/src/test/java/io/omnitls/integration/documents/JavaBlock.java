package io.omnitls.integration.documents;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Java of a document: either whole types, which stand as they are, or a fragment: imports and then statements, which become
 * the method {@code run} of a class, with what the document has at hand as its parameters.
 */
record JavaBlock(Block block, List<Variable> atHand) {
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public |final |abstract |sealed )*(?:class|interface|record|enum) (\\w+)");
    private static final Pattern MAIN = Pattern.compile("(?m)^    public static void main\\(");
    private static final Pattern IMPORTS = Pattern.compile("(?:import [^;]+;\\s*)*");

    /** Whether it is a module's declaration. */
    boolean module() {
        return MODULE.matcher(block.text()).lookingAt();
    }

    private static final Pattern MODULE = Pattern.compile("(?:open )?module ");

    /** Whether it stands as it is. */
    boolean whole() {
        return module() || TYPE.matcher(block.text()).find();
    }

    /** Whether it is a program. */
    boolean runnable() {
        return whole() && MAIN.matcher(block.text()).find();
    }

    /** The name of its first type, or of the class that its fragment gets. */
    String name() {
        if (module()) {
            return "module-info";
        }
        Matcher type = TYPE.matcher(block.text());
        return type.find() ? type.group(1) : "Line" + block.line();
    }

    /** What the compiler gets. */
    String source() {
        if (whole()) {
            return block.text();
        }
        Matcher imports = IMPORTS.matcher(block.text());
        int statements = imports.lookingAt() ? imports.end() : 0;
        return block.text().substring(0, statements) + "final class " + name() + " {\n    static void run("
                + atHand.stream().map(Variable::declaration).collect(Collectors.joining(", "))
                + ") throws Exception {\n" + block.text().substring(statements) + "\n    }\n}\n";
    }
}
