import { createPool } from "mysql2/promise";

/** mysql2, as the rest wants it: a pool that drops connections which ended. */
export function openMysql({ user, name, password, socket, host, port, connections }) {
  const pool = createPool({
    ...(socket ? { socketPath: socket } : { host, port }),
    user,
    password,
    database: name,
    charset: "utf8mb4",
    timezone: "Z",
    connectionLimit: connections,
    maxIdle: connections,
    // Rather an answer that there is no room than a queue without an end.
    queueLimit: 200,
    connectTimeout: 3000,
  });
  return {
    query: async (statement, values) => {
      const [rows] = await pool.query({ sql: statement, values, timeout: 5000 });
      return rows;
    },
    isLost: (error) => error.fatal === true || LOST.has(error.code) || error.message === "Queue limit reached.",
    connection: () => pool.getConnection(),
    close: () => pool.end(),
  };
}

/** The server is full or shutting down, or the connection was refused, cut, killed or closed for idling. */
const LOST = new Set([
  "ER_CON_COUNT_ERROR",
  "ER_SERVER_SHUTDOWN",
  "ER_CONNECTION_KILLED",
  "ER_CLIENT_INTERACTION_TIMEOUT",
  "PROTOCOL_CONNECTION_LOST",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
]);
