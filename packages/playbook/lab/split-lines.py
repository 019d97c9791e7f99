"""Splits lines of `name=value` words with Ansible, as parameters and as a command's, and prints what they came to."""
import json
import sys

from ansible.parsing.splitter import parse_kv

print(
    json.dumps(
        [
            {"line": line, "plain": dict(parse_kv(line)), "command": dict(parse_kv(line, check_raw=True))}
            for line in json.load(sys.stdin)
        ],
        indent=1,
        ensure_ascii=False,
    )
)
