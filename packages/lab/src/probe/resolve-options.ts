import type { ProbeOptions, ProbeTarget, RequestKind, TrafficClass } from "./probe-options.ts";

/** Fills in defaults; refuses what cannot work, all mistakes at once. */
export function resolveOptions(options: ProbeOptions): ProbeSettings {
  const asked = options.classes.map((one) => (typeof one === "string" ? ({ kind: one } as TrafficClass) : one));
  const sharing = asked.filter((one) => SHARES_RATE[one.kind] && rateOf(one) === undefined).length;
  const settings: ProbeSettings = {
    target: options.target,
    classes: asked.map((one) => resolveClass(one, options.rate / Math.max(1, sharing))),
    seconds: options.seconds ?? Number.POSITIVE_INFINITY,
    releases: releasesOf(options.expectRelease),
    lateAfter: options.lateAfter ?? 1000,
    connectTimeout: options.connectTimeout ?? 3000,
    answerTimeout: options.answerTimeout ?? 10_000,
    maxInFlight: options.maxInFlight ?? 1000,
    samples: options.samples ?? 20,
  };
  const mistakes = findMistakes(settings);
  if (mistakes.length > 0) throw new Error(`probe: ${mistakes.join("; ")}`);
  return settings;
}

/** One value, several, or (undefined) any. */
export function releasesOf(expected: string | string[] | undefined): string[] | undefined {
  return typeof expected === "string" ? [expected] : expected;
}

export interface ProbeSettings {
  target: ProbeTarget;
  classes: ClassSettings[];
  seconds: number;
  releases: string[] | undefined;
  lateAfter: number;
  connectTimeout: number;
  answerTimeout: number;
  maxInFlight: number;
  samples: number;
}

/** The settings of any kind; a kind reads those that it has. */
export interface ClassSettings {
  kind: RequestKind;
  name: string;
  rate: number;
  path: string;
  tls: boolean;
  connections: number;
  seconds: number;
  bytes: number;
  isEcho: boolean;
}

function resolveClass(one: TrafficClass, share: number): ClassSettings {
  const { kind, name, ...given } = one;
  const connections = "connections" in given && given.connections !== undefined ? given.connections : 8;
  const rate = SHARES_RATE[kind] ? share : kind === "websocket" ? connections : 0.5;
  const alwaysTls = kind === "tls" || kind === "http2";
  const defaults = { path: "/", rate, tls: alwaysTls, connections, seconds: 20, bytes: 1024 * 1024, isEcho: false };
  return { ...defaults, ...given, ...(alwaysTls && { tls: true }), kind, name: name ?? kind };
}

function rateOf(one: TrafficClass): number | undefined {
  return "rate" in one ? one.rate : undefined;
}

function findMistakes({ classes, ...settings }: ProbeSettings): string[] {
  const { port, tlsPort = 443 } = settings.target;
  const names = classes.map(({ name }) => name);
  const numbers = [
    ...Object.entries(settings),
    ...classes.flatMap((one) => Object.entries(one).map(([key, value]) => [`${one.name}: ${key}`, value] as const)),
  ];
  return [
    ...[port, tlsPort].filter((one) => !(one > 0 && one < 65_536)).map((one) => `${one} is no port`),
    ...(classes.length === 0 ? ["no classes of traffic are named"] : []),
    ...names
      .filter((name, place) => names.indexOf(name) !== place)
      .map((name) => `two classes are called ${name}: give one of them a \`name\` of its own`),
    ...numbers
      .filter(([, value]) => typeof value === "number" && !(value > 0))
      .map(([name, value]) => `${name} must be more than 0, not ${value}`),
    ...classes
      .filter(({ path }) => !path.startsWith("/"))
      .map(({ name, path }) => `${name}: path ${path} must begin with /`),
  ];
}

const SHARES_RATE: Record<RequestKind, boolean> = {
  "new-connection": true,
  tls: true,
  "keep-alive-get": true,
  "keep-alive-post": true,
  http2: true,
  "slow-download": false,
  "slow-upload": false,
  websocket: false,
  "event-stream": false,
};
