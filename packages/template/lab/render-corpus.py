"""Renders a corpus with Ansible's own templar, and with plain Jinja2, and prints what came out as JSON.

Reads {"name": corpus, ...} on stdin. Results are Python's repr() of each value, so that 1, 1.0, True and '1' differ.
"""

import json
import os
import sys
import tempfile

os.environ["ANSIBLE_JINJA2_EXTENSIONS"] = "jinja2.ext.do,jinja2.ext.loopcontrols"
os.environ.update(HOME="/home/corpus", TZ="UTC")

import jinja2
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader
from ansible.release import __version__ as ansible_version
from ansible.template import Templar, trust_as_template
from ansible.utils.display import Display

init_plugin_loader()
Display.warning = Display.deprecated = Display.display = lambda *_, **__: None


def text(lines):
    return lines if isinstance(lines, str) else "\n".join(lines)


def with_ansible(case, corpus, basedir):
    loader = DataLoader()
    loader.set_basedir(basedir)
    templar = Templar(loader=loader, variables=json.loads(json.dumps(corpus.get("variables", {}))))
    source = trust_as_template(text(case["template"]))
    kind = case.get("kind", "value")
    if kind == "expression":
        return templar._engine._normalize_and_evaluate_conditional(source)
    if kind == "value":
        return templar.template(source)
    result = templar.template(source, escape_backslashes=False, overrides=case.get("settings") or None)
    return "" if result is None else result if isinstance(result, str) else str(result)


def with_jinja2(case, corpus):
    files = {name: text(lines) for name, lines in corpus.get("files", {}).items()}
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        loader=jinja2.DictLoader(files),
        **{"trim_blocks": True, **case.get("settings", {})},
    )
    source = text(case["template"])
    rendered = environment.from_string(source).render(json.loads(json.dumps(corpus.get("variables", {}))))
    return rendered + "\n" * max(0, line_ends(source) - line_ends(rendered))


def line_ends(string):
    return len(string) - len(string.rstrip("\n"))


def attempt(render):
    try:
        return {"value": repr(render())}
    except BaseException as error:
        return {"error": f"{type(error).__name__}: {error}"[:300]}


def render(corpus):
    with tempfile.TemporaryDirectory() as basedir:
        for name, lines in {**corpus.get("files", {}), **corpus.get("lookupFiles", {})}.items():
            path = os.path.join(basedir, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", newline="") as file:
                file.write(text(lines))
        results = []
        for case in corpus["cases"]:
            result = attempt(lambda: with_ansible(case, corpus, basedir))
            if "value" in result:
                result["value"] = result["value"].replace(basedir, "/basedir")
            plain = attempt(lambda: with_jinja2(case, corpus)) if case.get("kind") == "template" else {}
            results.append({**result, "jinja2": plain.get("value")})
        return results


corpora = json.load(sys.stdin)
json.dump(
    {
        "ansible": ansible_version,
        "jinja2": jinja2.__version__,
        "results": {name: render(corpus) for name, corpus in corpora.items()},
    },
    sys.stdout,
)
