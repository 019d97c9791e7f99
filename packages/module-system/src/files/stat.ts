import { defineModule } from "@evenkeel/core";
import { checksumAlgorithms, stat as statKind } from "@evenkeel/kinds";
import { Type } from "typebox";
import { cleanPath } from "./clean-path.ts";
import { flagFields, statFields, statReturns } from "./stat-fields.ts";

export const stat = defineModule({
  name: "stat",
  summary: "What is known of a path.",
  params: Type.Object(
    {
      path: Type.String({ aliases: ["dest", "name"], description: "the path" }),
      follow: Type.Boolean({ default: false, description: "what a link leads to is meant" }),
      get_checksum: Type.Boolean({ default: true, description: "a file's sum is wanted" }),
      checksum_algorithm: Type.Union(
        checksumAlgorithms.map((name) => Type.Literal(name)),
        { default: "sha1", aliases: ["checksum", "checksum_algo"], description: "which sum" },
      ),
      get_mime: Type.Boolean({
        default: true,
        aliases: ["mime", "mime_type", "mime-type"],
        description: "what is in it, where the host has `file`; else `unknown`",
      }),
      get_attributes: Type.Boolean({
        default: true,
        aliases: ["attr", "attributes"],
        description: "the filesystem's flags, where the host has `lsattr`",
      }),
    },
    { additionalProperties: false },
  ),
  observe({ path, follow, get_checksum, checksum_algorithm, get_mime, get_attributes }) {
    const algorithm = get_checksum ? { algorithm: checksum_algorithm } : {};
    return { current: statKind(cleanPath(path), { follow, ...algorithm, mime: get_mime, flags: get_attributes }) };
  },
  plan: () => [],
  result({ after: { current } }, { path, get_mime, get_attributes }) {
    const { state } = current;
    if (!("state" in state) || state.state === "absent") return { stat: { exists: false } };
    return {
      stat: {
        ...{ exists: true, path },
        ...statFields(state),
        ...{ readable: state.readable, writeable: state.writeable, executable: state.executable },
        ...{ blocks: state.blocks, block_size: state.blockSize, device_type: state.deviceType },
        ...(state.source !== undefined && { lnk_source: state.source, lnk_target: state.target }),
        ...(state.checksum !== undefined && { checksum: state.checksum }),
        ...(get_mime && { mimetype: state.mime?.type ?? "unknown", charset: state.mime?.charset ?? "unknown" }),
        ...(get_attributes && flagFields(state.flags)),
      },
    };
  },
  returns: Type.Object({
    stat: Type.Object(
      { exists: Type.Boolean({ description: "whether there is such a path" }), ...statReturns },
      { description: "what is there" },
    ),
  }),
});
