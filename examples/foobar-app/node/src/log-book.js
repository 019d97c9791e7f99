/** What is kept in MySQL: the log's entries, and the texts of the pages. */
export class LogBook {
  #database;

  constructor(database) {
    this.#database = database;
  }

  /** The newest first; `before` an entry's number, those that came earlier. */
  latest(limit, before) {
    const where = before === undefined ? "" : "WHERE number < ?";
    const values = before === undefined ? [limit] : [before, limit];
    return this.#database.query(`SELECT ${COLUMNS} FROM entries ${where} ORDER BY number DESC LIMIT ?`, values);
  }

  async find(id) {
    const [entry] = await this.#database.query(`SELECT ${COLUMNS} FROM entries WHERE id = ?`, [id]);
    return entry;
  }

  /** Writes an entry. The same id again writes nothing, so this may be asked for as often as one likes. */
  async sign(id, name, message) {
    const statement =
      "INSERT INTO entries (id, name, message, created_at) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id";
    await this.#database.query(statement, [id, name, message, new Date()]);
  }

  async page(slug) {
    const [page] = await this.#database.query("SELECT title, body FROM pages WHERE slug = ?", [slug]);
    return page;
  }

  /** Whether the database answers and has our tables; it does not wait for one that does not. */
  async check() {
    await this.#database.query("SELECT 1 FROM entries LIMIT 1", [], { patience: 1 });
  }
}

const COLUMNS = "number, id, name, message, created_at AS createdAt";
