import { hasMagic, isLiteral } from "@evenkeel/kinds";

/** What is known of a command's effects: what it says it may touch, and the file that it is run for. */
export function effectsOf({ changes, creates }: { readonly changes?: readonly string[]; readonly creates?: string }) {
  const isPath = creates?.startsWith("/") && isLiteral(creates) && !hasMagic(creates);
  return {
    ...(changes && { touches: changes.filter((each) => each !== "nothing") }),
    ...(isPath && creates !== undefined && { creates: [creates] }),
  };
}
