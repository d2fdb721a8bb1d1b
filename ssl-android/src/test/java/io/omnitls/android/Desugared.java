package io.omnitls.android;

import com.android.tools.r8.CompilationFailedException;
import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.OutputMode;
import com.android.tools.r8.origin.Origin;
import java.io.IOException;
import java.nio.file.Path;

/** Runs D8 as a build for Android does. */
final class Desugared {
    private static final int MIN_API = 26;

    private Desugared() {}

    /** Writes dex files, or the class files that are in them. */
    static void write(Path output, OutputMode mode) throws IOException, CompilationFailedException {
        Diagnostics diagnostics = new Diagnostics();
        D8Command.Builder builder = D8Command.builder(diagnostics)
                .setMinApiLevel(MIN_API)
                .addLibraryFiles(Parts.android())
                .addClasspathFiles(Parts.conscryptForAndroid())
                .setOutput(output, mode);
        for (byte[] content : Parts.classes()) {
            builder.addClassProgramData(content, Origin.root());
        }
        try {
            D8.run(builder.build());
        } finally {
            diagnostics.assertNone();
        }
    }
}
