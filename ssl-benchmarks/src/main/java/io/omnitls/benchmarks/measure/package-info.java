/** How things are measured: by turns, as ratios, with their spread. */
package io.omnitls.benchmarks.measure;
