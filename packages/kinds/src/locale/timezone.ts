import type { RunStep } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled } from "@evenkeel/core";

/** A host's time zone. */
export interface TimezoneState {
  readonly zone: string;
}

/** The host's time zone; there is one of them, under any key. */
export const timezone = defineKind<TimezoneState, TimezoneState>({
  name: "timezone",
  read: () => `link=$(readlink /etc/localtime 2>/dev/null) || :
read -r named 2>/dev/null </etc/timezone
case $link in */zoneinfo/*) echo "\${link##*/zoneinfo/}" ;; *) echo "\${named-}" ;; esac`,
  parse(output, keys) {
    const zone = Buffer.from(output).toString().trim() || "UTC";
    return new Map(keys.map((key) => [key, { zone }]));
  },
  ensure({ kind, key, state }, { zone }) {
    checkZone(zone);
    if (!isUnsettled(state) && plain(state.zone) === plain(zone)) return [];
    const undo = isUnsettled(state) ? [] : [set(state.zone)];
    return [
      { kind, key, action: "ensure", before: state, after: { zone }, steps: [set(zone)], undo, interrupts: "nothing" },
    ];
  },
  isAsPlanned: (actual, after) => plain(actual.zone) === plain(after.zone),
  isAbsent: () => false,
  dependsOn: ["file", "package"],
  unsettles: () =>
    ["/etc/localtime", "/etc/timezone"].map((key) => ({ kind: "file", key, because: "the time zone is in it" })),
  describe: ({ zone }) => ({ zone }),
});

/** The link is as systemd makes it, and replaced as a whole; the file with the name is only kept where there is one. */
function set(zone: string): RunStep {
  const script = `[ -f "/usr/share/zoneinfo/$1" ] || { echo "this host knows no time zone $1: is tzdata installed?" >&2; exit 1; }
new=/etc/localtime.evenkeel
rm -f "$new" && ln -s "../usr/share/zoneinfo/$1" "$new" && mv -fT "$new" /etc/localtime || exit
[ ! -e /etc/timezone ] || { printf '%s\\n' "$1" >/etc/timezone.evenkeel && chmod 644 /etc/timezone.evenkeel && mv -f /etc/timezone.evenkeel /etc/timezone; }`;
  return { do: "run", argv: ["sh", "-c", script, "evenkeel-timezone", zone] };
}

function plain(zone: string): string {
  return ["Etc/UTC", "Etc/UCT", "Zulu", "UCT", "Etc/Zulu", "Universal", "Etc/Universal"].includes(zone) ? "UTC" : zone;
}

function checkZone(zone: string): void {
  if (/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(zone)) return;
  throw new InputError({
    code: "timezone/name",
    message: `not a time zone's name: ${JSON.stringify(zone)}`,
    hint: "such as Europe/Berlin",
  });
}
