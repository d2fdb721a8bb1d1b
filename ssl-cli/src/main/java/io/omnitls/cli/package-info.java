/** The {@code tls} command: one class for each subcommand, and what they share. */
@NullMarked
package io.omnitls.cli;

import org.jspecify.annotations.NullMarked;
