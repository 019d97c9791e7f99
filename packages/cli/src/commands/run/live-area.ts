import type { DefaultRenderer } from "listr2";
import { printable } from "./printable.ts";

/** What one host is doing, and since when. */
export interface Doing {
  readonly host: string;
  task: string;
  since: number;
  said: string;
}

/** The lines below a run's output, one for each host that is at work, for as long as somebody looks. */
export interface LiveArea {
  /** Lines that stay, above. */
  say(text: string): void;
  /** Takes the area away until the work is done: somebody is asked something. */
  aside<T>(work: () => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/** Loads what draws only when there is something to draw for: a short run ends before. */
export async function openLiveArea(
  doing: ReadonlyMap<string, Doing>,
  clean: (text: string) => string,
): Promise<LiveArea> {
  const { DefaultRenderer, Listr } = await import("listr2");
  const over = Promise.withResolvers<void>();
  const early: string[] = [];
  let shown: Shown | undefined;

  /** listr2's own renderer, drawn from what hosts do now: one that does nothing has no line. */
  class Renderer extends DefaultRenderer {
    override async render(): Promise<void> {
      await super.render();
      shown = this as unknown as Shown;
      for (const text of early) sayAbove(shown, text);
    }

    override create(options?: Parameters<DefaultRenderer["create"]>[0]): string {
      for (const { task, host } of lines) task.title = clean(titleOf(doing.get(host)));
      return super.create(options);
    }
  }
  const list = new Listr(
    [...doing.keys()].map((host) => ({ title: "", task: () => over.promise, host })),
    {
      concurrent: true,
      renderer: Renderer,
      rendererOptions: { clearOutput: true, formatOutput: "truncate" },
      // Ctrl-C is the run's own: it ends what runs on hosts first.
      registerSignalListeners: false,
    },
  );
  const lines = [...doing.keys()].map((host, at) => ({ host, task: list.tasks[at] as { title: string } }));
  const run = list.run();
  return {
    say: (text) => (shown ? sayAbove(shown, text) : early.push(text)),
    aside: async (work) => {
      shown?.spinner.stop();
      shown?.updater.clear();
      shown?.logger.process.release();
      try {
        return await work();
      } finally {
        shown?.logger.process.hijack();
        shown?.spinner.start(() => shown?.update());
      }
    },
    end: async () => {
      over.resolve();
      await run;
    },
  };
}

/** What listr2's renderer holds: it has no way of its own to write above what it draws. */
interface Shown {
  update(): void;
  readonly updater: { clear(): void };
  readonly spinner: { start(onTick: () => void): void; stop(): void };
  readonly logger: { readonly process: { readonly stdout: NodeJS.WritableStream; hijack(): void; release(): void } };
}

function sayAbove({ updater, logger }: Shown, text: string): void {
  updater.clear();
  logger.process.stdout.write(text);
}

function titleOf(doing: Doing | undefined): string {
  if (doing === undefined || doing.task === "") return "";
  const seconds = Math.floor((performance.now() - doing.since) / 1000);
  const said = doing.said === "" ? "" : `  ${doing.said}`;
  return printable(`${doing.host}  ${doing.task}${seconds > 0 ? `  ${seconds} s` : ""}${said}`);
}
