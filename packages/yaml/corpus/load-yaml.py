"""Reads a JSON list of texts, loads each as Ansible does, and prints what came of it in the form of normal-form.ts."""
import base64, datetime, json, struct, sys

from ansible.errors import AnsibleError
from ansible._internal._datatag._tags import TrustedAsTemplate
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import EncryptedString
from ansible.utils.display import Display

Display.warning = Display.deprecated = lambda *a, **k: None


def normal_form(value, is_key=False):
    if isinstance(value, EncryptedString):
        return {"vault": str(value._ciphertext)}
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return {"int": str(int(value))}
    if isinstance(value, float):
        return {"float": "nan" if value != value else struct.pack(">d", value).hex()}
    if isinstance(value, str):
        return str(value) if is_key or TrustedAsTemplate.is_tagged_on(value) else {"unsafe": str(value)}
    if isinstance(value, (list, tuple)):
        return [normal_form(each) for each in value]
    if isinstance(value, dict):
        return {"entries": [[normal_form(key, True), normal_form(each)] for key, each in value.items()]}
    if isinstance(value, datetime.date):
        return {"time": str(value), "json": value.isoformat()}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, (set, frozenset)):
        return {"set": sorted(json.dumps(normal_form(each)) for each in value)}
    raise TypeError(type(value))


def load(text):
    try:
        return {"value": normal_form(DataLoader().load(TrustedAsTemplate().tag(text), file_name="/snippet.yml"))}
    except AnsibleError as error:
        return {"error": type(error).__name__}


print(json.dumps([load(text) for text in json.load(sys.stdin)]))
