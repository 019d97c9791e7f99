"""Reads a JSON list of {files, runs}: writes the files of each into a folder, runs ansible-inventory there with each list
of arguments, and prints a JSON list of what it printed.

One process that has loaded Ansible forks for each run: a hundred runs take seconds.
"""
import json, os, sys, tempfile

from ansible.cli.inventory import InventoryCLI
from ansible.utils.display import Display


def run(folder, arguments):
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            os.dup2(output.fileno(), 1)
            os.dup2(errors.fileno(), 2)
            os.chdir(folder)
            try:
                InventoryCLI(["ansible-inventory", *arguments]).run()
            except SystemExit as end:
                status = int(end.code or 0)
            except BaseException as error:
                print(f"{type(error).__name__}: {error}", file=sys.stderr)
                status = 1
            else:
                status = 0
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        _, status = os.waitpid(child, 0)
        output.seek(0)
        errors.seek(0)
        return {"status": os.waitstatus_to_exitcode(status), "stdout": output.read().decode(), "stderr": errors.read().decode()}


def write(folder, files):
    for path, text in files.items():
        file = os.path.join(folder, path)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w") as opened:
            opened.write(text)
        os.chmod(file, 0o755 if text.startswith("#!") else 0o644)


def all_runs():
    for case in json.load(sys.stdin):
        with tempfile.TemporaryDirectory() as folder:
            write(folder, case["files"])
            for arguments in case["runs"]:
                yield run(folder, arguments)


print(json.dumps(list(all_runs())))
