import type { Flavour } from "../door/reply.ts";

/** What Debian and its like call things. */
export const distribution: Readonly<
  Record<Flavour, { readonly package: string; readonly unit: string; readonly settingsFile: string }>
> = {
  mariadb: {
    package: "mariadb-server",
    unit: "mariadb.service",
    settingsFile: "/etc/mysql/mariadb.conf.d/zz-evenkeel.cnf",
  },
  mysql: { package: "mysql-server", unit: "mysql.service", settingsFile: "/etc/mysql/mysql.conf.d/zz-evenkeel.cnf" },
};
