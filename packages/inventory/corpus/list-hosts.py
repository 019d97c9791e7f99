"""Reads a JSON object {file, patterns} and prints a JSON object: of each pattern, the names of its hosts, sorted."""
import json, sys

from ansible.errors import AnsibleError
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.utils.display import Display

Display.warning = lambda *a, **k: None
asked = json.load(sys.stdin)
inventory = InventoryManager(DataLoader(), sources=[asked["file"]])


def hosts(pattern):
    try:
        return sorted(host.name for host in inventory.get_hosts(pattern))
    except AnsibleError:
        return None


print(json.dumps({pattern: hosts(pattern) for pattern in asked["patterns"]}))
