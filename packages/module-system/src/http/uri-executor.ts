import type { StepExecutor } from "@evenkeel/core";
import type { RequestData } from "./request-data.ts";

/** Makes a request as the host would: through a tunnel, with the host's names, authorities and files. */
export const uriExecutor: StepExecutor = {
  do: "system.uri",
  async take(data, host, { signal }) {
    const { fetchUri } = await import("./fetch-uri.ts"); // What speaks HTTP takes its time to load.
    return { data: await fetchUri(data as RequestData, host, signal) };
  },
};
