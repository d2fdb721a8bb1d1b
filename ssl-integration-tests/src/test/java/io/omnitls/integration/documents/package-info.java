/**
 * Holds README.md and docs to what they say: their Java compiles and runs, their coordinates, names and links exist.
 */
package io.omnitls.integration.documents;
