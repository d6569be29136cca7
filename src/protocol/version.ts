/** Raised with every change of what crosses the wire; a test with a hash of the shapes holds it. */
export const PROTOCOL_VERSION = 1;

/** Why a page of another version is not let in: it has to load again. */
export const OUTDATED = 'outdated';
