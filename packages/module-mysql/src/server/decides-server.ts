/** Kinds whose changes may bring a server, start it, or let us in: what it said before may not hold any more. */
export const decidesServer = ["package", "packages", "deb", "unit", "mysql.server", "mysql.user"];
