/**
 * Reads one HTTP/1.1 response, strictly (RFC 9112), from bytes as they arrive. Node's own parser is not to be had without its
 * client, which hides which bytes came before an error; the parsers on npm forgive what a probe must report.
 */
export class ResponseReader {
  status = 0;
  readonly headers = new Map<string, string>();
  /** Bytes of this response so far, its head and framing included. */
  bytesReceived = 0;
  isDone = false;
  #next: () => boolean = () => this.#readHead();
  #unread: Buffer = Buffer.alloc(0);
  #left = 0;
  #untilClose = false;
  #isHttp11 = true;
  readonly #onBody: (bytes: Buffer) => void;

  constructor(onBody: (bytes: Buffer) => void) {
    this.#onBody = onBody;
  }

  /** Takes what arrived; throws ProtocolError for what no server may send, bytes after the end included. */
  push(bytes: Buffer): void {
    if (this.isDone) throw new ProtocolError("bytes after the end of the response", bytes);
    this.bytesReceived += bytes.length;
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    let goesOn = true;
    while (goesOn && !this.isDone) goesOn = this.#next();
    if (this.isDone && this.#unread.length > 0)
      throw new ProtocolError("bytes after the end of the response", this.#unread);
  }

  /** The peer closed its side. True when that is how this response was to end. */
  end(): boolean {
    if (this.#untilClose) this.isDone = true;
    return this.isDone;
  }

  /** Whether the server lets the connection be used again. */
  get isReusable(): boolean {
    const connection = this.headers.get("connection")?.toLowerCase() ?? "";
    return this.isDone && !this.#untilClose && this.#isHttp11 && !/\bclose\b/.test(connection);
  }

  get contentLength(): number | undefined {
    const length = this.headers.get("content-length");
    return length === undefined ? undefined : Number(length);
  }

  #readHead(): boolean {
    const end = this.#unread.indexOf("\r\n\r\n");
    if (end < 0) {
      if (this.#unread.length > MOST_HEAD) throw new ProtocolError("a response head without end", this.#unread);
      return false;
    }
    const [statusLine = "", ...lines] = this.#take(end + 4)
      .toString("latin1", 0, end)
      .split("\r\n");
    const match = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [^\r\n]*)?$/.exec(statusLine);
    if (match === null) throw new ProtocolError("not a status line", Buffer.from(statusLine));
    this.#isHttp11 = match[1] === "1";
    this.status = Number(match[2]);
    this.headers.clear();
    for (const line of lines) this.#readHeader(line);
    // 100 Continue and its like announce the real response; 101 is the last that is HTTP.
    if (this.status < 200 && this.status !== 101) return true;
    this.#chooseBody();
    return true;
  }

  #readHeader(line: string): void {
    const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*?)[ \t]*$/.exec(line);
    const [, name = "", value = ""] = match ?? [];
    if (match === null) throw new ProtocolError("not a header", Buffer.from(line));
    const before = this.headers.get(name.toLowerCase());
    this.headers.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
  }

  #chooseBody(): void {
    const coding = this.headers.get("transfer-encoding");
    const length = this.headers.get("content-length");
    if (this.status < 200 || this.status === 204 || this.status === 304) this.isDone = true;
    else if (coding !== undefined) {
      if (coding.toLowerCase() !== "chunked" || length !== undefined) {
        throw new ProtocolError(`transfer-encoding ${coding}, content-length ${length}`);
      }
      this.#next = () => this.#readChunkSize();
    } else if (length === undefined) {
      this.#untilClose = true;
      this.#left = Number.POSITIVE_INFINITY;
      this.#next = () => this.#readBody(() => undefined);
    } else {
      if (!/^\d{1,15}$/.test(length)) throw new ProtocolError(`content-length ${length}`);
      this.#left = Number(length);
      this.isDone = this.#left === 0;
      this.#next = () => this.#readBody(() => this.#finish());
    }
  }

  #readBody(whenRead: () => void): boolean {
    const bytes = this.#take(Math.min(this.#left, this.#unread.length));
    this.#left -= bytes.length;
    if (bytes.length > 0) this.#onBody(bytes);
    if (this.#left > 0) return false;
    whenRead();
    return true;
  }

  #readChunkSize(): boolean {
    const line = this.#takeLine();
    if (line === undefined) return false;
    const match = /^([0-9a-fA-F]{1,12})(?:[ \t]*;.*)?$/.exec(line);
    if (match === null) throw new ProtocolError("not a chunk size", Buffer.from(line));
    this.#left = Number.parseInt(match[1] ?? "", 16);
    this.#next = this.#left === 0 ? () => this.#readTrailer() : () => this.#readBody(() => this.#afterChunk());
    return true;
  }

  #afterChunk(): void {
    this.#next = () => {
      const line = this.#takeLine();
      if (line !== undefined && line !== "")
        throw new ProtocolError("a chunk longer than announced", Buffer.from(line));
      this.#next = line === undefined ? this.#next : () => this.#readChunkSize();
      return line !== undefined;
    };
  }

  #readTrailer(): boolean {
    const line = this.#takeLine();
    if (line === "") this.#finish();
    return line !== undefined;
  }

  #finish(): void {
    this.isDone = true;
  }

  #takeLine(): string | undefined {
    const end = this.#unread.indexOf("\r\n");
    if (end < 0 && this.#unread.length > MOST_LINE) throw new ProtocolError("a line without end", this.#unread);
    return end < 0 ? undefined : this.#take(end + 2).toString("latin1", 0, end);
  }

  #take(length: number): Buffer {
    const bytes = this.#unread.subarray(0, length);
    this.#unread = this.#unread.subarray(length);
    return bytes;
  }
}

/** The server said something that is not HTTP/1.1. */
export class ProtocolError extends Error {
  readonly code = "PROTOCOL";

  constructor(what: string, bytes: Buffer = Buffer.alloc(0)) {
    super(bytes.length === 0 ? what : `${what}: ${JSON.stringify(bytes.toString("latin1", 0, 60))}`);
  }
}

const MOST_HEAD = 64 * 1024;
const MOST_LINE = 4096;
