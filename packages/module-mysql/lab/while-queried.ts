import type { Connection } from "mysql2/promise";
import { createConnection } from "mysql2/promise";

export interface Load {
  readonly address: string;
  readonly password: string;
  readonly perSecond: number;
  readonly sql: string;
}

export interface Queried<T> {
  readonly done: T;
  /** Of each question: when it was due, and how long it took from then. */
  readonly answers: readonly Answered[];
  readonly errors: readonly Answered[];
}

interface Answered {
  readonly dueAt: number;
  readonly ms: number;
  readonly error?: string;
}

/**
 * Asks a server all the time while something is done: at a fixed rate whatever it answers, over connections that are kept as an
 * application keeps them, and each tenth question over a new one. Nothing is asked twice.
 */
export async function whileQueried<T>(load: Load, work: () => Promise<T>): Promise<Queried<T>> {
  const { address: host, password, perSecond, sql } = load;
  const connect = async () => {
    const connection = await createConnection({
      host,
      user: "app",
      password,
      database: "shop",
      connectTimeout: 10_000,
    });
    // What is lost while nobody asks shows at the next question.
    connection.on("error", () => undefined);
    return connection;
  };
  const kept = await Promise.all(Array.from({ length: 10 }, connect));
  const pending: Promise<Answered>[] = [];
  let count = 0;
  const ask = async (index: number): Promise<void> => {
    if (index % 10 === 0) {
      const own = await connect();
      await own.query(sql).finally(() => own.destroy());
      return;
    }
    const slot = index % kept.length;
    const connection = kept[slot] as Connection;
    try {
      await connection.query(sql);
    } catch (error) {
      // As a pool does it: the lost one is replaced for the next question.
      connection.destroy();
      kept[slot] = await connect().catch(() => connection);
      throw error;
    }
  };
  const judged = async (index: number): Promise<Answered> => {
    const dueAt = performance.now();
    const said = await ask(index).then(
      () => ({}),
      (error: Error) => ({ error: error.message }),
    );
    return { dueAt, ms: performance.now() - dueAt, ...said };
  };
  const timer = setInterval(() => pending.push(judged(count++)), 1000 / perSecond);
  try {
    const done = await work();
    clearInterval(timer);
    const answers = await Promise.all(pending);
    return { done, answers, errors: answers.filter(({ error }) => error !== undefined) };
  } finally {
    clearInterval(timer);
    for (const each of kept) each.destroy();
  }
}
