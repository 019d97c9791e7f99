import { StringDecoder } from "node:string_decoder";

/** A line that is longer is told in pieces. */
const LONGEST = 64 * 1024;

type Stream = "stdout" | "stderr";

/** What a command prints, told in whole lines: of a secret, or a letter, that came in two pieces nobody could tell what it is. */
export class WholeLines {
  readonly #say: (stream: Stream, text: string) => void;
  readonly #decoders = { stdout: new StringDecoder(), stderr: new StringDecoder() };
  readonly #rests = { stdout: "", stderr: "" };

  constructor(say: (stream: Stream, text: string) => void) {
    this.#say = say;
  }

  take(stream: Stream, bytes: Uint8Array): void {
    const text = `${this.#rests[stream]}${this.#decoders[stream].write(Buffer.from(bytes))}`;
    const end = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
    const told = end > 0 || text.length <= LONGEST ? end : text.length;
    this.#rests[stream] = text.slice(told);
    if (told > 0) this.#say(stream, text.slice(0, told));
  }

  /** Nothing more comes. */
  end(): void {
    for (const stream of ["stdout", "stderr"] as const) {
      const text = `${this.#rests[stream]}${this.#decoders[stream].end()}`;
      this.#rests[stream] = "";
      if (text !== "") this.#say(stream, text);
    }
  }
}
