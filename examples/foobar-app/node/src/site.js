import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Assets } from "./assets.js";
import { Unavailable } from "./database.js";
import { paragraphs, Templates } from "./html.js";
import { HttpError } from "./http.js";

const PER_PAGE = 20;
const LONGEST_WAIT = 30;

/** The pages: what is answered to which request. */
export class Site {
  #logBook;
  #release;
  #wait;
  #assets = new Assets();
  #templates = new Templates();
  #routes = [
    ["GET", /^\/$/, (request) => this.#homeOf(numberIn(request.query.before), this.#form())],
    ["GET", /^\/about$/, () => this.#about()],
    ["GET", /^\/entries\/([0-9a-f-]{36})$/, (_, id) => this.#entry(id)],
    ["POST", /^\/entries$/, (request) => this.#sign(request)],
    ["GET", /^\/assets\/([\w.-]+)$/, (_, name) => this.#asset(name)],
    ["GET", /^\/slow$/, (request) => this.#slow(request)],
    // This process can answer. Whether the database can is not its matter: a restart of ours would not mend it.
    ["GET", /^\/health\/live$/, () => this.#health(200, "ok")],
    ["GET", /^\/health\/ready$/, () => this.#ready()],
  ];

  constructor(logBook, { release, wait = sleep }) {
    this.#logBook = logBook;
    this.#release = release;
    this.#wait = wait;
  }

  async answer(request) {
    const method = request.method === "HEAD" ? "GET" : request.method;
    const found = this.#routes.filter(([, path]) => path.test(request.path));
    const route = found.find(([allowed]) => allowed === method);
    if (route) return await route[2](request, ...route[1].exec(request.path).slice(1));
    if (found.length === 0) throw nothingHere();
    const allowed = found.flatMap(([each]) => (each === "GET" ? ["GET", "HEAD"] : [each]));
    throw new HttpError(405, "That is not done here.", { Allow: allowed.join(", ") });
  }

  /** An error as a page. It needs no database. */
  failure(status, message) {
    const title = STATUS_CODES[status];
    return this.#document(title, this.#templates.render("page", { title, body: paragraphs(message) }), status);
  }

  async #about() {
    const page = await this.#logBook.page("about");
    if (!page) throw nothingHere();
    const content = this.#templates.render("page", { title: page.title, body: paragraphs(page.body) });
    return this.#document(page.title, content);
  }

  async #entry(id) {
    const entry = await this.#logBook.find(id);
    if (!entry) throw new HttpError(404, "Nobody signed this.");
    const title = `${entry.name} signed the log`;
    return this.#document(entry.name, this.#templates.render("page", { title, body: this.#entryOf(entry) }));
  }

  async #sign({ form, isForeign }) {
    if (isForeign) throw new HttpError(403, "Another site sent this.");
    const [id, name, message] = ["id", "name", "message"].map((each) =>
      (form[each] ?? "").replaceAll("\r\n", "\n").trim(),
    );
    const problems = problemsOf(id, name, message);
    if (problems.length > 0) return this.#homeOf(undefined, this.#form({ id, name, message, problems }), 422);
    await this.#logBook.sign(id, name, message);
    const path = `/entries/${id}`;
    return { ...text(`see ${path}\n`, 303), headers: { Location: path } };
  }

  #asset(name) {
    const asset = this.#assets.find(name);
    if (!asset) throw nothingHere();
    const headers = { "Cache-Control": "public, max-age=31536000, immutable" };
    return { status: 200, body: asset.content, type: asset.type, headers };
  }

  /** Takes its time: to see what becomes of requests in flight. */
  async #slow({ query }) {
    const seconds = Number(query.seconds || (query.seconds === undefined ? 5 : Number.NaN));
    if (!(seconds >= 0 && seconds <= LONGEST_WAIT)) throw new HttpError(400, `seconds is from 0 to ${LONGEST_WAIT}.`);
    await this.#wait(seconds * 1000);
    return text(`That took ${seconds} seconds.\n`);
  }

  /** A page could be served now. */
  async #ready() {
    try {
      await this.#logBook.check();
    } catch (error) {
      if (error instanceof Unavailable) return this.#health(503, "the database does not answer");
      throw error;
    }
    return this.#health(200, "ok");
  }

  #health(code, status) {
    const body = `${JSON.stringify({ status, release: this.#release })}\n`;
    return { status: code, body: Buffer.from(body), type: "application/json" };
  }

  async #homeOf(before, form, status = 200) {
    // One more than is shown tells whether there are more.
    const [welcome, entries] = await Promise.all([
      this.#logBook.page("welcome"),
      this.#logBook.latest(PER_PAGE + 1, before),
    ]);
    const shown = entries.slice(0, PER_PAGE);
    const more = entries.length > PER_PAGE ? `<p><a href="/?before=${shown.at(-1).number}">Earlier</a></p>` : "";
    const title = welcome?.title ?? "Foobar Harbour";
    const content = this.#templates.render("home", {
      title,
      body: paragraphs(welcome?.body ?? ""),
      form,
      entries: shown.map((entry) => this.#entryOf(entry)).join("") || '<p class="faint">Nobody has signed yet.</p>',
      more,
    });
    return this.#document(title, content, status);
  }

  #form({ id = "", name = "", message = "", problems = [] } = {}) {
    return this.#templates.render("form", {
      id: ID.test(id) ? id : randomUUID(),
      name,
      message,
      problems: problems.map((problem) => `<p class="problem">${problem}</p>`).join(""),
    });
  }

  #entryOf({ id, name, message, createdAt }) {
    const iso = `${createdAt.toISOString().slice(0, 19)}Z`;
    const month = MONTHS[createdAt.getUTCMonth()];
    const when = `${createdAt.getUTCDate()} ${month} ${createdAt.getUTCFullYear()}, ${iso.slice(11, 16)} UTC`;
    return this.#templates.render("entry", { id, name, message, iso, when });
  }

  #document(title, content, status = 200) {
    const urls = {
      css: this.#assets.url("site.css"),
      js: this.#assets.url("site.js"),
      icon: this.#assets.url("lamp.svg"),
    };
    const body = this.#templates.render("layout", { title, content, ...urls });
    return { status, body: Buffer.from(body), type: "text/html; charset=utf-8" };
  }
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const text = (body, status = 200) => ({ status, body: Buffer.from(body), type: "text/plain; charset=utf-8" });
const nothingHere = () => new HttpError(404, "There is nothing here.");
const numberIn = (digits) => (digits && /^[0-9]{1,15}$/.test(digits) ? Number(digits) : undefined);

function problemsOf(id, name, message) {
  // As many as a person counts, and as MySQL does.
  const length = (written) => [...written].length;
  const rules = [
    [ID.test(id), "The form was not whole; please send it again."],
    [length(name) >= 1 && length(name) <= 60, "A name has up to 60 characters."],
    [length(message) >= 1 && length(message) <= 500, "A word has up to 500 characters."],
    [!/[\x00-\x09\x0b-\x1f\x7f]/.test(name + message), "Some characters cannot be printed."],
  ];
  return rules.flatMap(([isSo, problem]) => (isSo ? [] : [problem]));
}
