import { defineKind, InternalError, quote, readWords } from "@evenkeel/core";
import { pathWord } from "../file/read-files.ts";
import { parseStats } from "./parse-stats.ts";
import type { StatState, StatVia } from "./stat-state.ts";

/** All that a host says of a path; only ever asked about. */
export const stat = defineKind<StatState, never>({
  name: "stat",
  read(paths, via) {
    const { follow, algorithm, mime, flags } = via as StatVia;
    const how = {
      evk_sum: algorithm === undefined ? "" : `${algorithm}sum`,
      evk_stat: follow ? "stat -L" : "stat",
      evk_mime: mime ? "1" : "",
      evk_flags: flags ? "1" : "",
    };
    const settings = Object.entries(how).map(([name, value]) => `${name}=${quote(value)}`);
    const words = readWords(new URL("./read.sh", import.meta.url));
    return `set -- ${paths.map(pathWord).join(" ")}\n${settings.join(" ")}\n${words}`;
  },
  parse: parseStats,
  ensure() {
    throw new InternalError({ code: "stat/ensure", message: "a stat is only asked about" });
  },
  isAsPlanned: () => true,
  isAbsent: ({ state }) => state === "absent",
  describe: (state) => ({ state: state.state }),
});
