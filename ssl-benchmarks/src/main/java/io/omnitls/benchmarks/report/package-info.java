/** What is shown: tables, charts, files, and the comparison with stored figures. */
package io.omnitls.benchmarks.report;
