import type { Scope } from "@evenkeel/core";
import type { Seen, SeenPlay } from "../seen.ts";
import { prepare } from "../values/prepare.ts";
import { hostless } from "../variables/play-scope.ts";
import type { TaskScope } from "../variables/task-scope.ts";
import type { Mistakes } from "../written/mistakes.ts";
import type { Written } from "../written/written.ts";

/** What plays say about reaching hosts, under the names of the variables that say the same and go before it. */
const variableNames = { remote_user: "ansible_user", port: "ansible_port", connection: "ansible_connection" } as const;
type Keyword = keyof typeof variableNames;
const keywords = Object.keys(variableNames) as Keyword[];

/** How plays ask for hosts to be reached. A host is reached in one way for all of a run. */
export class Logins {
  readonly #seen: Seen;
  readonly #mistakes: Mistakes;

  constructor(seen: Seen, mistakes: Mistakes) {
    this.#seen = seen;
    this.#mistakes = mistakes;
  }

  /** A host's variables, and what plays say where they are silent. */
  on(scope: TaskScope): Scope {
    const said = () => this.#saidFor(scope);
    const has = (name: string) => scope.has(name) || name in said();
    return {
      has,
      get: (name) => (!scope.has(name) && name in said() ? said()[name] : scope.get(name)),
      names: () => new Set([...scope.names(), ...Object.keys(said())]),
      with: (values) => scope.with(values),
    };
  }

  /** Tasks that would be another user of the same host, and plays that do not agree. */
  check(): void {
    for (const play of this.#seen.plays) {
      for (const { written } of play.tasks) {
        for (const name of ["remote_user", "port"] as const) {
          const own = written.get(name);
          if (own && own.value !== null && !isSame(own, play.keywords.get(name))) this.#refuse(name, own, "a task");
        }
      }
    }
    for (const name of ["remote_user", "port"] as const) this.#checkPlays(name);
  }

  #checkPlays(name: Keyword): void {
    const first = new Map<string, Written>();
    for (const play of this.#seen.plays) {
      const own = play.keywords.get(name);
      if (own === undefined) continue;
      for (const host of this.#hostsOf(play)) {
        const earlier = first.get(host) ?? own;
        first.set(host, earlier);
        if (!isSame(own, earlier)) this.#refuse(name, own, `a later play on ${host}`);
      }
    }
  }

  /** A pattern that is wrong is told of where it stands. */
  #hostsOf(play: SeenPlay): readonly string[] {
    try {
      return hostsOf(play);
    } catch (error) {
      this.#mistakes.catch(error);
      return [];
    }
  }

  #refuse(name: Keyword, written: Written, who: string): void {
    this.#mistakes.add({
      code: "login",
      message: `${name}: ${who} cannot log in otherwise; a host is reached in one way for all of a run`,
      place: written.place,
      hint:
        name === "remote_user"
          ? "become_user is another user on the same login"
          : "set it for the host in the inventory",
    });
  }

  #saidFor({ memory, world }: TaskScope): Readonly<Record<string, unknown>> {
    const found: Record<string, unknown> = {};
    for (const play of this.#seen.plays) {
      const own = keywords.filter((name) => play.keywords.has(name) && !(variableNames[name] in found));
      if (own.length === 0 || !hostsOf(play).includes(memory.name)) continue;
      for (const name of own) {
        const written = play.keywords.get(name);
        // Tasks of such a play act here already; how the host itself is reached is another matter.
        if (written === undefined || (name === "connection" && /local$/.test(String(written.value)))) continue;
        found[variableNames[name]] = prepare(written).resolve(hostless(world, play.frame));
      }
    }
    return found;
  }
}

function hostsOf({ frame }: SeenPlay): readonly string[] {
  return frame.play.hosts();
}

function isSame(a: Written, b: Written | undefined): boolean {
  return String(a.value) === String(b?.value);
}
