/** What one way of telling gives: sentences for what could not be told. */
export type Telling = () => Promise<readonly string[]>;

/** A trouble with telling, even one of our own making, is a warning: the verdict on the image stands. */
export async function unlessLost(what: string, telling: Telling): Promise<readonly string[]> {
  try {
    return await telling();
  } catch (cause) {
    return [`The ${what} was lost: ${cause instanceof Error ? cause.message : String(cause)}`];
  }
}
