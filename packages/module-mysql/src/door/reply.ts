import type { Observed, Unsettled } from "@evenkeel/core";
import { isUnsettled, StepError, unsettled } from "@evenkeel/core";

export type Flavour = "mariadb" | "mysql";

/** What a server said to one question, a text for each row; or why there is nobody to ask. */
export type Reply = Said | Unreached;

export interface Said {
  readonly state: "said";
  readonly flavour: Flavour;
  readonly version: string;
  readonly rows: readonly string[];
  /** The question's own: `1141 …`. */
  readonly error?: string;
}

/** No answer: the server is not installed (it holds nothing but what a new one does), not running, or does not let us in. */
export interface Unreached {
  readonly state: "unreached";
  readonly server: "absent" | "stopped" | "refused";
  readonly because: string;
}

/**
 * What is known of a thing on the server. Where a planned change brings the server, it will be as on a new one; where one starts it,
 * or lets us in, nobody knows yet. Where nothing does, it is an error now.
 */
export function reached<State extends object>(
  { state, doubt, kind, key }: Observed<State | Unreached>,
  onNewServer: State,
): State | Unsettled {
  if (isUnsettled(state)) return state;
  if (!isUnreached(state)) return state;
  if (doubt === undefined) throw unreachedError(state, `${kind} ${key}`);
  return state.server === "absent" ? onNewServer : unsettled(`the database server is ${state.server} now: ${doubt}`);
}

export function isUnreached(state: object): state is Unreached {
  return "state" in state && state.state === "unreached";
}

/** A server that is not there has nothing on it. */
export function isNowhere(state: object): boolean {
  return "state" in state && (state.state === "absent" || (isUnreached(state) && state.server === "absent"));
}

const hints = {
  absent: "a task before this one should install it: mysql.server, or a package and its service",
  stopped: "a task before this one should start it: mysql.server, or its service",
  refused: "root comes in through the socket with `become: true`; others with login_user and login_password",
} as const;

function unreachedError({ server, because }: Unreached, what: string): StepError {
  const said = {
    absent: "no database server is on this host",
    stopped: "the database server does not answer",
    refused: "the database server does not let us in",
  };
  return new StepError({
    code: `mysql/${server}`,
    message: `${what}: ${said[server]}`,
    detail: because,
    hint: hints[server],
  });
}
