import type { Answers, Change } from "@evenkeel/core";
import { isUnsettled, unsettled } from "@evenkeel/core";
import type { NginxAbilities } from "@evenkeel/kinds";
import { file, linesOf, nginxFile, nginxServer, softwarePackage } from "@evenkeel/kinds";

const DROP_IN_FOLDER = "/etc/systemd/system/nginx.service.d";

/** What any module of nginx's asks of a host: whether nginx is there, and is as a reload that proves itself needs it. */
export function observeNginx() {
  return {
    server: nginxServer("nginx"),
    nginx: softwarePackage("nginx"),
    dropInFolder: file(DROP_IN_FOLDER),
    dropIn: file(`${DROP_IN_FOLDER}/evenkeel.conf`),
    stockSite: nginxFile("/etc/nginx/sites-enabled/default"),
    main: nginxFile("/etc/nginx/modules-enabled/90-evenkeel.conf"),
    conf: nginxFile("/etc/nginx/nginx.conf"),
  };
}

type NginxAnswers = Answers<ReturnType<typeof observeNginx>>;

/** What there is to do before any file of ours: nothing, in most runs. */
export function planNginx(answers: NginxAnswers): readonly Change[] {
  return [...planPackage(answers), ...planDropIn(answers), ...planStockSite(answers), ...planShutdownTimeout(answers)];
}

/** What is known of the nginx that will read what we write; as long as there is none, what its package promises. */
export function abilitiesOf({ server: { state }, nginx }: NginxAnswers): NginxAbilities {
  if (isUnsettled(state)) return {};
  if (state.state === "present") return state;
  const expected = isUnsettled(nginx.state)
    ? undefined
    : nginx.state.state === "absent"
      ? nginx.state.candidate
      : nginx.state.version;
  return { hasIpv6: state.hasIpv6, isGuess: true, ...(expected !== undefined && { version: expected }) };
}

function isThere({ server: { state } }: NginxAnswers): boolean {
  return !isUnsettled(state) && state.state === "present";
}

function planPackage(answers: NginxAnswers): readonly Change[] {
  return isThere(answers) ? [] : softwarePackage.ensure(answers.nginx, { state: "installed" });
}

/** A folder that only root enters, made at each start: in it nginx says which configuration it serves. */
function planDropIn({ dropInFolder, dropIn }: NginxAnswers): readonly Change[] {
  const owned = { owner: "root", group: "root" };
  return [
    ...file.ensure(dropInFolder, { type: "directory", mode: "0755", ...owned }),
    ...file.ensure(dropIn, { content: dropInText, mode: "0644", ...owned }),
  ];
}

const dropInText = `# Written by Evenkeel. In this folder nginx tells root which configuration it serves.
[Service]
RuntimeDirectory=evenkeel-nginx
RuntimeDirectoryMode=0700
RuntimeDirectoryPreserve=yes
# What a killed nginx leaves would keep the next one from starting.
ExecStartPre=-/bin/rm -f /run/evenkeel-nginx/generation.sock
`;

/** Debian's page for whoever comes by an unknown name goes, unless somebody has made it theirs. */
function planStockSite(answers: NginxAnswers): readonly Change[] {
  const { server, stockSite } = answers;
  const absent = { type: "absent" } as const;
  if (!isThere(answers)) return nginxFile.ensure({ ...stockSite, state: laterState(answers) }, absent);
  return !isUnsettled(server.state) && server.state.state === "present" && server.state.hasStockSite
    ? nginxFile.ensure(stockSite, absent)
    : [];
}

/** The package will bring what is absent now; unless it is absent because an earlier task plans so: of that no host has said whose it would be. */
function laterState({ stockSite: { state } }: NginxAnswers) {
  const isPlannedAway = !isUnsettled(state) && state.type === "absent" && state.uid === undefined;
  return isPlannedAway ? state : unsettled("package nginx brings it");
}

/** Without it, workers of before the last reloads stay for as long as any visitor does. */
function planShutdownTimeout(answers: NginxAnswers): readonly Change[] {
  const { server, main, conf } = answers;
  const state = isUnsettled(server.state) ? undefined : server.state;
  const host = abilitiesOf(answers);
  if (state?.state === "present") {
    if (state.saysShutdownTimeout) return [];
    if (!state.readsModulesEnabled) {
      const text = isUnsettled(conf.state) || conf.state.type !== "file" ? undefined : conf.state.text;
      if (typeof text !== "string") return [];
      const content = linesOf(`worker_shutdown_timeout 120s; # Evenkeel\n${text}`, "worker_shutdown_timeout");
      return nginxFile.ensure(conf, { type: "file", content, mode: "0644", host });
    }
  }
  const content = [
    { text: "# Written by Evenkeel: for so long workers of before a reload may finish what they have begun." },
    { text: "worker_shutdown_timeout 120s;" },
  ];
  return nginxFile.ensure(main, { type: "file", content, mode: "0644", host });
}
