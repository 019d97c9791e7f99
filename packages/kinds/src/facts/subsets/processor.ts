export function parseProcessor(text: string) {
  const [count = "0", ...lines] = text.split("\n");
  const isXen = lines[0] === "xen";
  const pairs = lines.map((line) => {
    const at = line.indexOf(":");
    return at < 0
      ? { key: line.trim(), value: "" }
      : { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
  });
  const named = pairs.filter(({ key }) =>
    ["model name", "Processor", "vendor_id", "cpu", "Vendor", "processor"].includes(key),
  );
  const of = (key: string) => pairs.filter((pair) => pair.key === key).map(({ value }) => value);
  const flags = of("flags").at(-1)?.split(/\s+/);
  const isParavirtual = isXen && flags !== undefined && !flags.includes("vme");
  const all =
    of("vendor_id").length > 0 && of("vendor_id").length === of("model name").length
      ? of("vendor_id").length
      : named.length;
  const isArm = of("model name").length === 0 && of("vendor_id").length === 0;
  const processors = isArm ? of("processor").length : all;
  const sockets = new Set(of("physical id")).size;
  const cores = Number(of("cpu cores")[0] ?? 1) || 1;
  const siblings = of("siblings")[0];
  const threads = siblings === undefined ? Math.round(1 / cores) : Math.round(Number(siblings) / cores);
  const processor_count = isParavirtual ? processors : sockets || processors;
  const [perSocket, perCore] = isParavirtual ? [processors, 1] : [cores, threads];
  return {
    processor: named.map(({ value }) => value),
    ...{ processor_count, processor_cores: perSocket, processor_threads_per_core: perCore },
    processor_vcpus: isParavirtual ? processors : perCore * processor_count * perSocket,
    processor_nproc: Number(count) || of("processor").length,
    ...(flags && { flags }),
  };
}
