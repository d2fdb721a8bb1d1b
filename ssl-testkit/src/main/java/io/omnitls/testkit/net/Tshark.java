package io.omnitls.testkit.net;

import io.omnitls.forge.oracle.RunningCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code tshark} command, Wireshark's eyes: it says what a {@link Pcap} shows. It has 20 seconds for that. */
public final class Tshark {
    private Tshark() {}

    /** Reads {@code capture} with these further arguments and returns what is printed, warnings included. */
    public static String read(Path capture, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("tshark", "-r", capture.toString()));
        words.addAll(List.of(arguments));
        try (RunningCommand command = new RunningCommand(words)) {
            command.endInput();
            return command.awaitSuccess();
        }
    }
}
