"""Prints each result of a run as a line of JSON: what our own reading of the same playbook is compared with."""
from __future__ import annotations

import json

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "recorder"

    def _say(self, status, result, item=None):
        if result._task.action.split(".")[-1] in ("include_tasks", "include_role", "meta"):
            return
        said = result._result
        value = said.get("msg")
        if result._task.action.endswith("debug") and "msg" not in said and status in ("ok", "changed"):
            value = [v for k, v in said.items() if k not in ("changed", "failed", "_ansible_verbose_always", "_ansible_no_log", "_ansible_item_label", "ansible_loop_var", "_ansible_item_result", "_ansible_ignore_errors", "_ansible_ignore_unreachable", "item", "failed_when_result")]
        line = {"host": result._host.get_name(), "task": result._task.get_name().strip(), "status": status}
        if item is not None:
            line["item"] = item
        if status in ("ok", "changed", "failed", "ignored"):
            line["msg"] = value
        print("RECORD " + json.dumps(line, default=str), flush=True)

    def v2_runner_on_ok(self, result):
        if result._task.loop is None:
            self._say("changed" if result._result.get("changed") else "ok", result)

    def v2_runner_on_skipped(self, result):
        self._say("skipped", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        if result._task.loop is None:
            self._say("ignored" if ignore_errors else "failed", result)

    def v2_runner_item_on_ok(self, result):
        self._say("changed" if result._result.get("changed") else "ok", result, result._result.get("_ansible_item_label"))

    def v2_runner_item_on_failed(self, result):
        self._say("failed", result, result._result.get("_ansible_item_label"))

    def v2_runner_item_on_skipped(self, result):
        self._say("skipped", result, result._result.get("_ansible_item_label"))

    def v2_playbook_on_play_start(self, play):
        print("RECORD " + json.dumps({"play": play.get_name()}), flush=True)
