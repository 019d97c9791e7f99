import { fieldsOf, firstOf } from "../fields.ts";

export function parseMemory(text: string) {
  const megabytes = (name: string) =>
    Math.floor(Number(new RegExp(`^${name}: +(\\d+)`, "m").exec(text)?.[1] ?? 0) / 1024);
  const [total, free, cached, buffers] = [
    megabytes("MemTotal"),
    megabytes("MemFree"),
    megabytes("Cached"),
    megabytes("Buffers"),
  ];
  const [swapTotal, swapFree] = [megabytes("SwapTotal"), megabytes("SwapFree")];
  return {
    ...{ memtotal_mb: total, memfree_mb: free, swaptotal_mb: swapTotal, swapfree_mb: swapFree },
    memory_mb: {
      real: { total, used: total - free, free },
      nocache: { free: cached + free + buffers, used: total - (cached + free + buffers) },
      swap: { total: swapTotal, free: swapFree, used: swapTotal - swapFree, cached: megabytes("SwapCached") },
    },
  };
}

export function parseUptime(text: string) {
  return { uptime_seconds: Math.floor(Number((firstOf(fieldsOf(text), "uptime") ?? "0").split(" ")[0])) };
}
