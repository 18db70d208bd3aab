/** The act is not possible in the state things are in; the message says why. */
export class Refusal extends Error {}
