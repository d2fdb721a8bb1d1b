package io.omnitls.benchmarks.measure;

/** What was seen of a contender. */
public record Measured(String contender, Ratio ratio) {}
