import type { Module, Observed, Queries } from "@evenkeel/core";
import { defineModule, isUnsettled, StepError } from "@evenkeel/core";
import type { FileState } from "@evenkeel/kinds";
import { file } from "@evenkeel/kinds";
import type { TObject } from "typebox";
import { Type } from "typebox";

const label = Type.Optional(
  Type.String({
    description: "part of an SELinux label: means nothing without SELinux, and is refused by a host that has it",
  }),
);

/** SELinux labels. They are kept as they are, and not managed. */
export const labelParams = { selevel: label, serole: label, setype: label, seuser: label };

/**
 * A module that takes `attributeParams`. Roles for several systems say SELinux labels everywhere: where there is no SELinux, they
 * mean nothing, as in Ansible; where there is, not to set them would be a lie.
 */
export function defineFileModule<P extends TObject, Q extends Queries>(module: Module<P, Q>): Module<P, Q> {
  return defineModule({
    ...module,
    observe(params) {
      const queries = module.observe(params);
      return hasLabels(params) ? { ...queries, labels: file("/sys/fs/selinux/enforce") } : queries;
    },
    plan(answers, params) {
      const { labels } = answers as { readonly labels?: Observed<FileState> };
      if (labels !== undefined && !isUnsettled(labels.state) && labels.state.type !== "absent")
        throw refusal(module.name);
      return module.plan(answers, params);
    },
  });
}

function hasLabels(params: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(labelParams).some((each) => params[each] !== undefined);
}

function refusal(name: string): StepError {
  return new StepError({
    code: "file/labels",
    message: `${name}: this host has SELinux, whose labels are kept as they are, and not managed`,
    hint: "set them with command: semanage fcontext and restorecon, and leave seuser, serole, setype and selevel out",
  });
}
