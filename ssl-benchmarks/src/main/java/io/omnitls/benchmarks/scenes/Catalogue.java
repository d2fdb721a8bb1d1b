package io.omnitls.benchmarks.scenes;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All scenes, in the order of the table. */
public final class Catalogue {
    private static final List<Scene> SCENES = Stream.of(
                    MemoryScenes.all(),
                    SocketScenes.all(),
                    HandshakeScenes.all(),
                    IdleScenes.all(),
                    SelectorScenes.all(),
                    ContextScenes.all())
            .flatMap(List::stream)
            .toList();

    /** Few, and steady on a busy machine. */
    private static final List<String> SMOKE = List.of("bio-16k", "bio-64", "handshake", "alloc-message");

    private Catalogue() {}

    public static List<Scene> all() {
        return SCENES;
    }

    /** Those that a build compares with stored figures. */
    public static List<Scene> smoke() {
        return SMOKE.stream().map(id -> named(id).orElseThrow()).toList();
    }

    public static Optional<Scene> named(String id) {
        return SCENES.stream().filter(scene -> scene.id().equals(id)).findFirst();
    }
}
