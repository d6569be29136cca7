/** Raised with every change of what crosses the wire; a test with a hash of the shapes holds it. */
export const PROTOCOL_VERSION = 1;
