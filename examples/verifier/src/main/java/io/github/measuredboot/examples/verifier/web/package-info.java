/** The pages that operators read: written by the server, complete without a script, and refreshed by one where it may run. */
package io.github.measuredboot.examples.verifier.web;
