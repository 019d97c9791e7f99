import { defineKind, InternalError, readWords } from "@evenkeel/core";

/** nginx on a host: which one it is, and what of its configuration is not ours. */
export type NginxServerState = { readonly state: "absent"; readonly hasIpv6?: boolean } | PresentNginx;

export interface PresentNginx {
  readonly state: "present";
  readonly version: string;
  readonly openssl?: string;
  readonly hasIpv6: boolean;
  /** Debian's own first site is there, as it was brought. */
  readonly hasStockSite: boolean;
  /** Files of /etc/nginx/modules-enabled are read. */
  readonly readsModulesEnabled: boolean;
  /** Somebody else says how long old workers may go on. */
  readonly saysShutdownTimeout: boolean;
}

/** The one nginx of a host, by the key `nginx`; only looked at. */
export const nginxServer = defineKind<NginxServerState, never>({
  name: "nginx",
  read: () => readWords(new URL("./read-server.sh", import.meta.url)),
  parse: (output, keys) => new Map(keys.map((key) => [key, parse(Buffer.from(output).toString())])),
  dependsOn: ["package", "nginx_file"],
  ensure() {
    throw new InternalError({ code: "nginx/only-looked-at", message: "nginx itself is only looked at" });
  },
  isAsPlanned: () => true,
  isAbsent: ({ state }) => state === "absent",
  describe: (state) => (state.state === "absent" ? { state: "absent" } : { version: state.version }),
});

/** Lines of a word each, and what it says. */
function parse(text: string): NginxServerState {
  const said = new Map(
    text.split("\n").map((line) => [line.split(" ", 1)[0] ?? "", line.slice(line.indexOf(" ") + 1)]),
  );
  const hasIpv6 = said.has("ipv6");
  const version = said.get("nginx");
  if (version === undefined) return { state: "absent", hasIpv6 };
  const openssl = said.get("openssl");
  return {
    state: "present",
    version,
    ...(openssl !== undefined && { openssl }),
    hasIpv6,
    hasStockSite: said.has("stock-site"),
    readsModulesEnabled: said.has("modules-enabled"),
    saysShutdownTimeout: said.has("shutdown-timeout"),
  };
}
