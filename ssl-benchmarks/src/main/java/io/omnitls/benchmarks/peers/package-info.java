/** What is measured: ends of connections of OmniTLS, of the bare engines and of other libraries, alike for a scene. */
package io.omnitls.benchmarks.peers;
