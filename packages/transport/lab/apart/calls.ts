/** What a connection in another process is asked to do. Numbers name connections and calls. */
export type Request =
  | { readonly kind: "connect"; readonly connection: number; readonly endpoint: unknown }
  | { readonly kind: "as"; readonly connection: number; readonly of: number; readonly privilege: unknown }
  | {
      readonly kind: "call";
      readonly call: number;
      readonly connection: number;
      readonly method: string;
      readonly values: readonly unknown[];
    }
  | { readonly kind: "abort"; readonly call: number }
  | { readonly kind: "input"; readonly call: number; readonly bytes: Buffer | undefined };

export type Reply =
  | { readonly kind: "done"; readonly call: number; readonly result: unknown; readonly peakBytes: number }
  | { readonly kind: "failed"; readonly call: number; readonly error: Readonly<Record<string, unknown>> }
  | { readonly kind: "output"; readonly call: number; readonly stream: string; readonly bytes: Buffer | undefined };
