/** What goes wrong with a request; `lost` does its work and breaks the connection instead of answering. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'reply'; readonly body: string; readonly contentType: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'hang-in-body' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'lost' };

export type Hook = () => void | Promise<void>;

/** Faults and hooks waiting for their operation: each is used so many times, in the order in which they were planted. */
export class Planted<Value> {
  #waiting: { readonly operation: string; readonly value: Value; times: number }[] = [];

  plant(operation: string, value: Value, times: number): void {
    this.#waiting.push({ operation, value, times });
  }

  take(operation: string): Value | undefined {
    const found = this.#waiting.find((each) => each.operation === operation && each.times > 0);
    if (found === undefined) return undefined;
    found.times -= 1;
    return found.value;
  }
}
