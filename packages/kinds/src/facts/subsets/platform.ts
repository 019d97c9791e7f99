import { fieldsOf, firstOf } from "../fields.ts";

export function parsePlatform(text: string) {
  const [system = "", nodename = "", kernel = "", version = "", machine = "", bits = "", ...rest] = text.split("\n");
  const fields = fieldsOf(rest.join("\n"));
  // As the resolver says it; the first name with a dot, if there is one.
  const names = (firstOf(fields, "names") ?? "").split(/\s+/).slice(1);
  const fqdn = names.find((name) => name.includes(".")) ?? names[0] ?? nodename;
  const isWide = bits === "64" || (bits === "" && /64|s390x/.test(machine));
  const machineId = firstOf(fields, "machine_id");
  return {
    ...{
      system,
      nodename,
      kernel,
      kernel_version: version,
      machine,
      architecture: /^i\d86$/.test(machine) ? "i386" : machine,
    },
    ...{
      hostname: nodename.split(".")[0],
      fqdn: fqdn || nodename,
      domain: fqdn.includes(".") ? fqdn.slice(fqdn.indexOf(".") + 1) : "",
    },
    ...{
      userspace_bits: isWide ? "64" : "32",
      userspace_architecture: machine === "x86_64" && !isWide ? "i386" : machine,
    },
    ...(machineId && { machine_id: machineId }),
  };
}
