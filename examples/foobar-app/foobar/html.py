"""Templates in which everything is escaped that does not say that it is HTML."""

import html
import re
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "templates"
_HOLE = re.compile(r"\{\{\{(\w+)\}\}\}|\{\{(\w+)\}\}")


class Templates:
    def __init__(self, folder: Path = _FOLDER):
        self._sources = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}

    def render(self, template: str, /, **values: str) -> str:
        """Fills `{{hole}}` with escaped text, and `{{{hole}}}` with HTML."""

        def fill(hole: re.Match[str]) -> str:
            raw, escaped = hole.groups()
            return values[raw] if raw else html.escape(values[escaped])

        return _HOLE.sub(fill, self._sources[template])


def paragraphs(text: str) -> str:
    """Plain text as HTML: an empty line begins a paragraph."""
    return "\n".join(f"<p>{html.escape(part.strip())}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
