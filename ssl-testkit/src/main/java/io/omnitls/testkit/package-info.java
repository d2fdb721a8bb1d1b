/** The contracts, one interface for each group of rules in SPEC.md; a method's name begins with the number of its rule. */
@NullMarked
package io.omnitls.testkit;

import org.jspecify.annotations.NullMarked;
