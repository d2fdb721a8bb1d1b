/**
 * Benchmarks, side by side with the bare engine and the JDK's trust manager in one run; read them as ratios. CONTRIBUTING.md
 * says how they are run.
 */
package io.omnitls.benchmarks;
