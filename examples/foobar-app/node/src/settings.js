import { readFileSync } from "node:fs";

/** What the environment says; nothing else does. All that is wrong with it is told at once. */
export function readSettings(environment) {
  const problems = [];
  const number = (name, byDefault) => {
    const value = Number(environment[name] || byDefault);
    if (!(value > 0 && value < 65_536))
      problems.push(`${name} is ${environment[name]}, and should be a number above 0`);
    return value;
  };
  const settings = {
    release: environment.RELEASE || "development",
    // unix:/path or host:port. A socket that systemd hands over is taken instead.
    listen: environment.LISTEN || "127.0.0.1:8000",
    database: {
      user: environment.DATABASE_USER || "foobar",
      name: environment.DATABASE_NAME || "foobar",
      password: readPassword(environment, problems),
      socket: environment.DATABASE_SOCKET || undefined,
      host: environment.DATABASE_HOST || "127.0.0.1",
      port: number("DATABASE_PORT", 3306),
      connections: number("DATABASE_CONNECTIONS", 8),
      // How long a request waits for a database that is not there, in seconds: a restart takes one or two.
      patience: number("DATABASE_PATIENCE", 3),
    },
  };
  if (!/^[\w.+-]{1,100}$/.test(settings.release)) {
    problems.push(`RELEASE is ${JSON.stringify(settings.release)}, and should be letters, digits and . _ + -`);
  }
  if (!/^(unix:\/.+|.+:\d+)$/.test(settings.listen)) {
    problems.push(`LISTEN is ${settings.listen}, and should be unix:/path or host:port`);
  }
  if (problems.length > 0) throw new Error(problems.join("; "));
  return settings;
}

/** From a file if one is named: systemd's LoadCredential= gives one that no other process can read. */
function readPassword(environment, problems) {
  const path = environment.DATABASE_PASSWORD_FILE;
  if (!path) return environment.DATABASE_PASSWORD ?? "";
  try {
    return readFileSync(path, "utf8").replace(/[\r\n]+$/, "");
  } catch (error) {
    problems.push(`DATABASE_PASSWORD_FILE: ${error.message}`);
    return "";
  }
}
