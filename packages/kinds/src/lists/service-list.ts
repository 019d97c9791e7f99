import { defineKind, readWords } from "@evenkeel/core";

/** One service as Ansible's service_facts has it. */
export interface ListedService {
  readonly name: string;
  readonly state: string;
  readonly status: string;
  readonly source: string;
}

export interface ServiceListState {
  readonly services: Readonly<Record<string, ListedService>>;
}

/** All services of a host; there is one list, under any key. */
export const serviceList = defineKind<ServiceListState, never>({
  name: "service-list",
  read: () => readWords(new URL("./read-services.sh", import.meta.url)),
  parse(output, keys) {
    const services: Record<string, ListedService> = {};
    for (const line of Buffer.from(output).toString().split("\n")) {
      const [source = "", name = "", state = "", status = ""] = line.split("\t");
      if (name !== "") services[name] = { name, state, status, source };
    }
    return new Map(keys.map((key) => [key, { services }]));
  },
  ensure: () => [],
  isAsPlanned: () => true,
  isAbsent: () => false,
  dependsOn: ["unit", "package", "packages", "deb", "file"],
  describe: ({ services }) => ({ services: String(Object.keys(services).length) }),
});
