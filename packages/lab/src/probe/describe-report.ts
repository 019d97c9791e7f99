import type { ClassReport, ErrorReport, ProbeReport } from "./probe-report.ts";

/** The report in a few lines, for people: a test's message, a demo's end. */
export function describeReport(report: ProbeReport): string {
  const { sent, ok, errors, seconds, rate, lag } = report;
  const asked = `${round(rate.achieved)} of ${round(rate.asked)} requests a second asked`;
  return [
    `sent ${sent} in ${round(seconds)} s (${asked}): ${ok} ok, ${errors} failed`,
    ...Object.entries(report.classes).flatMap(([name, one]) => describeClass(name, one)),
    ...(report.isDisturbed ? [`disturbed: the probe itself was up to ${round(lag.max)} ms late`] : []),
  ].join("\n");
}

function describeClass(name: string, { sent, ok, latency, errors, retried }: ClassReport): string[] {
  const times = (["p50", "p90", "p99", "max"] as const).map((key) => `${key} ${round(latency[key])}`).join("  ");
  const again = Object.entries(retried).map(([error, count]) => `; retried ${count} × ${error}`);
  return [
    `  ${name}: ${ok} of ${sent} ok${latency.count === 0 ? "" : `; ms ${times}`}${again.join("")}`,
    ...Object.entries(errors).map(([error, found]) => `    ${error} × ${found.count}${describeErrors(found)}`),
  ];
}

function describeErrors({ first, last, samples: [sample] }: ErrorReport): string {
  const when = `from ${round(first / 1000)} s to ${round(last / 1000)} s`;
  return sample === undefined
    ? ` ${when}`
    : ` ${when}, such as: ${sample.detail} (${sample.bytesReceived} bytes received)`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
