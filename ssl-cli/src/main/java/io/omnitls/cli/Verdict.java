package io.omnitls.cli;

import io.omnitls.cert.VerifyResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a verifier says of a chain, as every command shows it. */
record Verdict(VerifyResult result) {

    /** Its number and its words; where it is not good, below them why, and what to try. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        String headline = result.code().number() + " (" + result.code().text() + ")";
        if (result.ok()) {
            lines.add(headline);
        } else {
            lines.add(headline + " at depth " + result.depth());
            lines.add(result.explanation());
            Advice.of(result.code()).ifPresent(lines::add);
        }
        return lines;
    }

    /** What {@code openssl verify} writes after the name of the file. */
    String likeOpenSsl() {
        return result.ok()
                ? "OK"
                : "error " + result.code().number() + " at " + result.depth() + " depth lookup: "
                        + result.code().text();
    }

    /** What docs/command.md says of verdicts. */
    Map<String, Object> json() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("ok", result.ok());
        facts.put("code", result.code().number());
        facts.put("text", result.code().text());
        if (!result.ok()) {
            facts.put("depth", result.depth());
            facts.put("explanation", result.explanation());
        }
        return facts;
    }
}
