package io.omnitls.cli;

import io.omnitls.ConnectionInfo;
import io.omnitls.ReloadStatus;
import io.omnitls.TlsSocket;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a server says of itself and its clients: a line for each event, or a line of JSON. Thread-safe. */
final class ServerLog {
    private final PrintWriter out;
    private final boolean json;

    ServerLog(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void listening(int port, String provider) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("port", port);
        facts.put("provider", provider);
        event("listening", facts, "listening on port " + port + " with " + provider);
    }

    void connected(String peer, TlsSocket socket) {
        ConnectionInfo info = socket.info();
        List<X509Certificate> chain = socket.unverifiedChain();
        String client =
                chain.isEmpty() ? "" : chain.get(0).getSubjectX500Principal().toString();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("peer", peer);
        facts.putAll(ConnectionReport.json(info));
        if (!client.isEmpty()) {
            facts.put("client", client);
        }
        event("connected", facts, peer + "  " + info + (client.isEmpty() ? "" : ", client " + client));
    }

    /** A connection went wrong. */
    void trouble(String peer, String what) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("peer", peer);
        facts.put("message", what);
        event("trouble", facts, peer + "  " + what);
    }

    /** There is no server, or no more. */
    void failed(String what) {
        event("failed", Map.of("message", what), what);
    }

    /** Something about the server itself. */
    void note(String what) {
        event("note", Map.of("message", what), what);
    }

    /** The files were read again, or were not good enough. */
    void reloaded(ReloadStatus status) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("reloads", status.reloads());
        facts.put("failures", status.failures());
        if (status.upToDate()) {
            String end = status.nearestExpiry().map(Instant::toString).orElse("");
            facts.put("validUntil", end);
            event("reloaded", facts, "reloaded, valid until " + end);
        } else {
            String why = status.lastFailure()
                    .map(failure -> Failures.describe(failure.cause()))
                    .orElse("");
            facts.put("message", why);
            event("reload failed", facts, "not reloaded, the former files stay in force: " + why);
        }
    }

    /** The server's certificate, and what it is good for. */
    void certificate(String what, String pem) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("message", what);
        facts.put("pem", pem);
        List<String> lines = new ArrayList<>(List.of(what));
        pem.lines().forEach(lines::add);
        event("certificate", facts, lines.toArray(new String[0]));
    }

    /** @param lines the same as {@code facts}, for people */
    private synchronized void event(String name, Map<String, Object> facts, String... lines) {
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("event", name);
            all.put("time", Instant.now().toString());
            all.putAll(facts);
            out.println(Json.line(all));
        } else {
            for (String line : lines) {
                out.println(Printable.of(line));
            }
        }
        out.flush();
    }
}
