/** The dialogues by which other protocols agree to go on with TLS. */
@NullMarked
package io.omnitls.cli.starttls;

import org.jspecify.annotations.NullMarked;
