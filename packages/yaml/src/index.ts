export { mappingOf } from "./compose/mapping-of.ts";
export type { ScalarTypes } from "./compose/scalar-types.ts";
export { Timestamp } from "./compose/timestamp.ts";
export { UnsafeText } from "./compose/unsafe-text.ts";
export { Vaulted } from "./compose/vaulted.ts";
export { type ReadYamlOptions, readYaml, readYamlDocuments } from "./read-yaml.ts";
export type { YamlDocument } from "./yaml-document.ts";
