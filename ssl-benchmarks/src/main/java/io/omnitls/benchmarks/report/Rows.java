package io.omnitls.benchmarks.report;

import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.peers.Names;
import io.omnitls.benchmarks.scenes.Scene;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures as rows: a scene by OmniTLS, then the others who did the same work. */
final class Rows {
    private Rows() {}

    /** A row. */
    record Row(Scene scene, String contender, Map<Backend, Figure> figures) {
        boolean ours() {
            return contender.equals(Names.OURS);
        }

        /** The first column. */
        String label() {
            return ours() ? scene.title() : "  " + contender;
        }

        /** The last column. */
        String goal() {
            return ours() && scene.goal().exists()
                    ? scene.unit().format(scene.goal().value())
                    : "";
        }
    }

    /** In the order of the scenes; of the figures of a scene, OmniTLS first. */
    static List<Row> of(List<Figure> figures) {
        Map<Scene, Map<String, Row>> scenes = new LinkedHashMap<>();
        io.omnitls.benchmarks.scenes.Catalogue.all().forEach(scene -> scenes.put(scene, new LinkedHashMap<>()));
        figures.stream().filter(Figure::ours).forEach(figure -> add(scenes, figure));
        figures.stream().filter(figure -> !figure.ours()).forEach(figure -> add(scenes, figure));
        List<Row> rows = new ArrayList<>();
        scenes.values().forEach(ofScene -> rows.addAll(ofScene.values()));
        return rows;
    }

    private static void add(Map<Scene, Map<String, Row>> scenes, Figure figure) {
        scenes.get(figure.scene())
                .computeIfAbsent(
                        figure.contender(),
                        contender -> new Row(figure.scene(), contender, new EnumMap<>(Backend.class)))
                .figures()
                .put(figure.provider(), figure);
    }
}
