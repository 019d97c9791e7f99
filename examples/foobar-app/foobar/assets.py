"""Static files under names that change with their content, so that browsers may keep them for ever.

`python3 -m foobar.assets FOLDER` copies them there under these names, for a web server to serve. It removes nothing:
pages of an earlier release that are still open find theirs.
"""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    name: str
    content: bytes
    type: str


class Assets:
    def __init__(self, folder: Path = _FOLDER):
        files = sorted(path for path in folder.iterdir() if path.suffix in _TYPES)
        self._by_source = {path.name: _asset(path) for path in files}
        self._by_name = {asset.name: asset for asset in self._by_source.values()}

    def url(self, source: str) -> str:
        return f"/assets/{self._by_source[source].name}"

    def find(self, name: str) -> Asset | None:
        return self._by_name.get(name)

    def publish(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for asset in self._by_name.values():
            # Whoever asks meanwhile gets all of it or, as before, nothing.
            growing = folder / f".{asset.name}.{os.getpid()}"
            growing.write_bytes(asset.content)
            growing.replace(folder / asset.name)


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"{path.stem}.{digest}{path.suffix}", content, _TYPES[path.suffix])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 -m foobar.assets FOLDER")
    Assets().publish(Path(sys.argv[1]))
