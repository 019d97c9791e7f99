import { placeOf, placeOfRelease } from "../place.ts";
import { unitWord } from "./unit-word.ts";

/** How an application runs, whatever release of it. */
export interface Service {
  readonly name: string;
  readonly user: string;
  readonly webGroup: string;
  /** A line for sh: one program and its arguments. */
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Names of files that only this service can read. */
  readonly secrets: readonly string[];
  readonly writable: readonly string[];
  readonly memoryMax?: string;
  readonly stopSeconds: number;
  /** Lines of its own, for the section [Service]: they come last, and win. */
  readonly unit: Readonly<Record<string, string>>;
}

/** The service of one release: it takes the socket that systemd hands over. */
export function serviceText(service: Service, id: string): string {
  const { name, command, memoryMax, stopSeconds, unit } = service;
  const { socketUnit } = placeOfRelease(name, id);
  return lines([
    "# Written by Evenkeel, for one release: the next release has one of its own.",
    "[Unit]",
    `Description=${name}, release ${id}`,
    `Requires=${socketUnit}`,
    `After=${socketUnit} network.target`,
    "",
    "[Service]",
    "Type=exec",
    `ExecStart=/bin/sh -c ${unitWord(`exec ${command}`, { isCommand: true })}`,
    ...surroundings(service, id),
    `ReadWritePaths=${writablePaths(service).map(optionalPath).join(" ")}`,
    "Restart=on-failure",
    "RestartSec=1",
    "KillMode=mixed",
    `TimeoutStopSec=${stopSeconds}`,
    ...(memoryMax === undefined ? [] : [`MemoryMax=${memoryMax}`, "OOMPolicy=kill"]),
    ...Object.entries(unit).map(([key, value]) => `${key}=${value}`),
    "",
    "[Install]",
    "WantedBy=multi-user.target",
  ]);
}

/** The socket of one release. It also opens the door to whichever release serves, where nobody has: after a boot. */
export function socketText({ name, user, webGroup }: Service, id: string): string {
  const { socket, service } = placeOfRelease(name, id);
  const { current, door } = placeOf(name);
  return lines([
    "# Written by Evenkeel, for one release: the next release has one of its own.",
    "[Unit]",
    `Description=${name}, release ${id}: its socket`,
    "",
    "[Socket]",
    `ListenStream=${socket}`,
    `SocketUser=${user}`,
    `SocketGroup=${webGroup}`,
    "SocketMode=0660",
    "DirectoryMode=0755",
    "Backlog=4096",
    "RemoveOnStop=yes",
    `Service=${service}`,
    `ExecStartPost=-/bin/sh -c "[ -L ${door} ] || exec ln -sT ${current}/.evenkeel/socket ${door}"`,
    "",
    "[Install]",
    "WantedBy=sockets.target",
  ]);
}

/** Commands that are run once for a release, one after the other, as its service would be: a build, a migration. */
export function onceText(
  service: Service,
  id: string,
  commands: readonly string[],
  writes: "release" | "shared",
): string {
  const { folder } = placeOfRelease(service.name, id);
  const paths = writes === "release" ? [folder, `${placeOf(service.name).root}/cache`] : writablePaths(service);
  return lines([
    "[Unit]",
    `Description=${service.name}, release ${id}: commands that run once`,
    "",
    "[Service]",
    "Type=oneshot",
    ...commands.map((command) => `ExecStart=/bin/sh -c ${unitWord(command, { isCommand: true })}`),
    // A build has no business with secrets.
    ...surroundings(writes === "release" ? { ...service, secrets: [] } : service, id),
    `ReadWritePaths=${paths.map(optionalPath).join(" ")}`,
  ]);
}

/** Who it is, what it is told, and what it cannot do. */
function surroundings(service: Service, id: string): readonly string[] {
  const { name, user, environment, secrets } = service;
  const place = placeOfRelease(name, id);
  const { root } = placeOf(name);
  const told = { RELEASE: id, HOME: `${root}/cache`, XDG_CACHE_HOME: `${root}/cache`, ...environment };
  return [
    `User=${user}`,
    `WorkingDirectory=${place.folder}`,
    ...Object.entries(told).map(([key, value]) => `Environment=${unitWord(`${key}=${value}`)}`),
    // %d is the folder of the credentials, which no other process can read.
    ...secrets.flatMap((key) => [
      `LoadCredential=${key}:${place.secrets}/${key}`,
      `Environment="${key}_FILE=%d/${key}"`,
    ]),
    ...hardening,
  ];
}

function writablePaths({ name, writable }: Service): readonly string[] {
  const { shared, root } = placeOf(name);
  return [shared, `${root}/cache`, ...writable];
}

function optionalPath(path: string): string {
  return unitWord(`-${path}`);
}

const hardening = [
  "UMask=0027",
  "NoNewPrivileges=yes",
  "CapabilityBoundingSet=",
  "ProtectSystem=strict",
  "ProtectHome=yes",
  "PrivateTmp=yes",
  "PrivateDevices=yes",
  "ProtectKernelTunables=yes",
  "ProtectKernelModules=yes",
  "ProtectKernelLogs=yes",
  "ProtectControlGroups=yes",
  "ProtectClock=yes",
  "ProtectHostname=yes",
  "ProtectProc=invisible",
  "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
  "RestrictNamespaces=yes",
  "RestrictRealtime=yes",
  "RestrictSUIDSGID=yes",
  "LockPersonality=yes",
  "RemoveIPC=yes",
  "SystemCallArchitectures=native",
  "SystemCallFilter=@system-service",
  "SystemCallFilter=~@privileged @resources",
  // gunicorn of Debian 12 becomes who it is already; without a capability it can become nobody else.
  "SystemCallFilter=setuid",
  "SystemCallErrorNumber=EPERM",
];

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
