import about from '../../package.json' with { type: 'json' }

/** The version of this software. */
export const VERSION = about.version
