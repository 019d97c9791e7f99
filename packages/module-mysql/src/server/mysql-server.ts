import { defineModule } from "@evenkeel/core";
import { aptPackage, file, unit } from "@evenkeel/kinds";
import { Type } from "typebox";
import { setting } from "../setting/setting.ts";
import { settingName } from "../setting/setting-value.ts";
import { distribution } from "./distribution.ts";
import { planServer } from "./plan-server.ts";
import { server } from "./server.ts";
import { checkedName } from "./settings-text.ts";

export const mysqlServer = defineModule({
  name: "mysql.server",
  summary: "A MariaDB or MySQL server from the distribution: installed, running, secured, with its settings.",
  params: Type.Object(
    {
      flavour: Type.Enum(["mariadb", "mysql"], {
        type: "string",
        default: "mariadb",
        description: "which of the two",
      }),
      package: Type.Optional(
        Type.String({ description: "the package's name, where it is not mariadb-server or mysql-server" }),
      ),
      secure: Type.Boolean({
        default: true,
        description:
          "no anonymous accounts, no empty database `test`, root only as the host's own root through the socket",
      }),
      settings: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
        default: {},
        description:
          "settings of the server; what can be set while it runs is set at once, and all are kept in a file of ours",
      }),
      allow_restart: Type.Boolean({
        default: false,
        description: "restart the server for settings that need it; without this they are refused on a running server",
      }),
    },
    { additionalProperties: false },
  ),
  observe({ flavour, package: named, settings }) {
    const usual = distribution[flavour];
    return {
      package: aptPackage(named ?? usual.package),
      unit: unit(usual.unit),
      file: file(usual.settingsFile),
      server: server("local"),
      settings: Object.keys(settings).map((name) => setting(settingName(checkedName(name)))),
    };
  },
  plan: (answers, params) => planServer(answers, params),
  result({ after, outputs }) {
    const { state } = after.server;
    const seconds = outputs.map(({ stdout }) => /did not answer for (\d+\.\d) s/.exec(stdout)?.[1]).find(Boolean);
    return {
      ...("version" in state && state.version !== undefined && { version: state.version }),
      ...(seconds !== undefined && { outage_seconds: Number(seconds) }),
    };
  },
  returns: Type.Object({
    version: Type.Optional(Type.String({ description: "the server's version, in its own words" })),
    outage_seconds: Type.Optional(Type.Number({ description: "of a restart: how long nobody was answered" })),
  }),
});
