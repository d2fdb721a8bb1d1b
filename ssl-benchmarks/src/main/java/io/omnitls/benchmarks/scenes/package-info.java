/** What is done: each scene is the same work by everybody who can do it. */
package io.omnitls.benchmarks.scenes;
