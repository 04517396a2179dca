/** A stage as a target: foreign frontends allow nearly any name, but none that a command line takes for an option. */
export const stageName = /^[^\s\x00-\x1f\x7f-][^\s\x00-\x1f\x7f]*$/;

/** `os/arch` or `os/arch/variant`. */
export const platformName = /^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/;
