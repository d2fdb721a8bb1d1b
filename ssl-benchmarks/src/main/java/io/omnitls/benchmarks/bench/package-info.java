/** The command {@code ./bench}: it reads its options, starts a JVM for each provider and reports what these found. */
package io.omnitls.benchmarks.bench;
