/** What values may look like, so that a mistake is found before any host is touched. */
export const patterns = {
  name: "^[A-Za-z0-9_][A-Za-z0-9_.-]*$",
  serverName: "^(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?(\\.\\*)?$",
  listen:
    "^(\\d{1,5}|\\d{1,3}(\\.\\d{1,3}){3}:\\d{1,5}|\\[[0-9A-Fa-f:.]+\\]:\\d{1,5}|\\*:\\d{1,5}|unix:/[^\\s;{}\"'\\\\$]+)$",
  path: "^/[^\\s;{}\"'\\\\$#]*$",
  noControl: "^[^\\u0000-\\u001f\\u007f]*$",
  fileName: "^[^\\s;{}\"'\\\\$#/]+$",
  size: "^\\d+[kKmMgG]?$",
  time: "^\\d+(ms|s|m|h|d)?$",
  rate: "^\\d+r/[sm]$",
  cache: "^(none|\\d+[smhdwMy]( immutable)?)$",
  address: "^(unix:/[^\\s;{}\"'\\\\$:]+|(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9])?)(:\\d{1,5})?)$",
  proxy:
    "^(https?://)?(unix:/[^\\s;{}\"'\\\\$:]+|(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9])?)(:\\d{1,5})?)(/[^\\s;{}\"'\\\\$#]*)?$",
  network: "^(all|unix:|[0-9A-Fa-f.:]+(/\\d{1,3})?)$",
  header: "^[A-Za-z0-9-]+$",
} as const;
