import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import { Failure } from "../failure.ts";
import type { Outcome } from "../outcome.ts";
import { definedOf } from "./traffic.ts";

/** Pings over one open WebSocket: sends a payload and waits for the same one back, as a pong or as an echo. */
export class WebSocketLine {
  readonly #ws: WebSocket;
  readonly #options: LineOptions;
  readonly #waiting = new Map<string, (outcome: Outcome | Failure) => void>();

  constructor(ws: WebSocket, options: LineOptions) {
    this.#ws = ws;
    this.#options = options;
    ws.on(options.isEcho ? "message" : "pong", (payload: Buffer) => {
      const answered = { isReused: true, bytesReceived: payload.length, answeredAt: performance.now() };
      const known = definedOf({ localPort: options.socket.localPort, release: options.release });
      this.#waiting.get(String(payload))?.({ ...answered, ...known });
    });
    ws.on("close", () => {
      for (const settle of this.#waiting.values())
        settle(this.#failure("END", "the WebSocket was closed before the answer"));
    });
  }

  async ping(payload: string, deadline: number): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome | Failure>();
    this.#waiting.set(payload, resolve);
    const late = () => resolve(this.#failure("TIMEOUT", "no answer to a ping"));
    const timer = setTimeout(late, Math.max(0, deadline - performance.now()));
    if (this.#ws.readyState !== this.#ws.OPEN) resolve(this.#failure("END", "the WebSocket is closed"));
    else if (this.#options.isEcho) this.#ws.send(payload);
    else this.#ws.ping(payload);
    const outcome = await promise;
    clearTimeout(timer);
    this.#waiting.delete(payload);
    if (outcome instanceof Failure) throw outcome;
    return outcome;
  }

  /** A silent server has sent nothing of this answer; one that closed has cut off a conversation. */
  #failure(code: "END" | "TIMEOUT", detail: string): Failure {
    const { localPort, bytesRead } = this.#options.socket;
    const bytesReceived = code === "TIMEOUT" ? 0 : bytesRead;
    return new Failure({ phase: "exchange", code, detail, isReused: true, bytesReceived, localPort });
  }
}

export interface LineOptions {
  socket: Socket;
  isEcho: boolean;
  release: string | undefined;
}
