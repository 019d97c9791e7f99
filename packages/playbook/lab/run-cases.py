"""Runs the cases in the folder that is named, each with Ansible, and prints what was recorded."""
import json
import os
import subprocess
import sys

folder = sys.argv[1]
recorded = {}
for name in sorted(os.listdir(folder)):
    case = os.path.join(folder, name)
    facts = {}
    if os.path.exists(f"{case}/case.json"):
        facts = json.load(open(f"{case}/case.json"))
    argv = ["ansible-playbook", "-i", facts.get("inventory", "hosts.ini"), "-c", "local", "playbook.yml"]
    for tag in facts.get("tags", []):
        argv += ["--tags", tag]
    for tag in facts.get("skipTags", []):
        argv += ["--skip-tags", tag]
    for each in facts.get("extraVars", []):
        argv += ["-e", each]
    if "startAt" in facts:
        argv += ["--start-at-task", facts["startAt"]]
    if "limit" in facts:
        argv += ["-l", facts["limit"]]
    env = dict(
        os.environ,
        ANSIBLE_CALLBACK_PLUGINS=os.path.dirname(os.path.abspath(__file__)),
        ANSIBLE_STDOUT_CALLBACK="recorder",
        ANSIBLE_DEPRECATION_WARNINGS="0",
        ANSIBLE_LOCALHOST_WARNING="0",
        ANSIBLE_RETRY_FILES_ENABLED="0",
        LC_ALL="C.UTF-8",
    )
    done = subprocess.run(argv, cwd=case, env=env, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
    lines = [json.loads(line[7:]) for line in done.stdout.splitlines() if line.startswith("RECORD ")]
    problem = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line or "fatal" in line]
    recorded[name] = {"lines": lines, "problem": problem[:5]} if problem else {"lines": lines}
print(json.dumps(recorded, indent=1, ensure_ascii=False))
