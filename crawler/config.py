"""newsclip.toml, the environment and the flags, in one typed `Settings`.

Strategy: the dataclasses are the list of keys. Each source of values (file, environment, flags) becomes a plain dict
of `{section: {key: value}}`; later ones win: file < environment < flags. Every dict is checked against the dataclass
it is meant for, so a misspelt key or a value of the wrong kind is refused where it stands, with its name, its value
and the nearest key that exists. Environment names are NEWSCLIP_<SECTION>_<KEY>, as in NEWSCLIP_FETCH_DELAY=0,
and NEWSCLIP_CONFIG for the file itself. Sources are many and have names, so they stand in the file alone, each in a
[[source]] of its own, and are held against their dataclass like a section.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import msgspec

from archive.address import clean_address
from archive.errors import UsageError
from archive.size import parse_size
from crawler.limit_options import LimitOptions
from crawler.log_options import LogOptions
from crawler.notify_options import NotifyOptions
from crawler.options import FetchOptions
from crawler.patterns import Pattern
from crawler.quantities import parse_span
from crawler.rescue_options import RescueOptions
from crawler.source_options import SourceOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DEFAULT_FILE = Path("newsclip.toml")
_PREFIX = "NEWSCLIP_"
_FILE_VARIABLE = "NEWSCLIP_CONFIG"
_SOURCE = "source"
_FORMS: Mapping[str, Callable[[str], Any]] = {
    "size": parse_size,
    "span": parse_span,
    "address": clean_address,
    "pattern": Pattern.of,
}
"""How text is read whose field's metadata names a form."""
Values = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CollectionOptions:
    """Where the collection is and who answers for it (`operator` goes into every WARC file and the User-Agent)."""

    path: str = "collection"
    operator: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, a field a section of newsclip.toml.

    Raises:
        UsageError: two sources have one name; their files would be one.

    """

    collection: CollectionOptions = field(default_factory=CollectionOptions)
    fetch: FetchOptions = field(default_factory=FetchOptions)
    rescue: RescueOptions = field(default_factory=RescueOptions)
    limits: LimitOptions = field(default_factory=LimitOptions)
    log: LogOptions = field(default_factory=LogOptions)
    notify: NotifyOptions = field(default_factory=NotifyOptions)
    sources: tuple[SourceOptions, ...] = ()

    def __post_init__(self) -> None:
        """Refuse names that a file system may take for one."""
        seen: dict[str, str] = {}
        for source in self.sources:
            if other := seen.get(source.name.lower()):
                raise UsageError(f"Two sources are called {other!r} and {source.name!r}; each needs a name of its own.")
            seen[source.name.lower()] = source.name


SECTIONS: Mapping[str, type] = {
    "collection": CollectionOptions,
    "fetch": FetchOptions,
    "rescue": RescueOptions,
    "limits": LimitOptions,
    "log": LogOptions,
    "notify": NotifyOptions,
}


def load_settings(file: Path | None, environ: Mapping[str, str], flags: Values) -> Settings:
    """Return the settings from a file (or ./newsclip.toml if there is one), the environment, and flags.

    Raises:
        UsageError: a file that was named is missing or not TOML, or a key or value is wrong.

    """
    values: Values = {name: {} for name in SECTIONS}
    if file is None and environ.get(_FILE_VARIABLE):
        file = Path(environ[_FILE_VARIABLE])
    path = str(file or DEFAULT_FILE)
    sections, sources = _from_file(file)
    for place, found in (
        (path, sections),
        ("the environment", _from_environment(environ)),
        ("the command line", flags),
    ):
        for section, keys in found.items():
            _refuse_unknown(section, SECTIONS, f"section [{section}]", place)
            values[section] |= _typed(SECTIONS[section], keys, f"in [{section}]", place)
    built = {name: kind(**values[name]) for name, kind in SECTIONS.items()}
    return Settings(**built, sources=tuple(read_source(keys, number, path) for number, keys in enumerate(sources, 1)))


def require_sources(settings: Settings) -> None:
    """Refuse to watch nothing.

    Raises:
        UsageError: no source is configured.

    """
    if not settings.sources:
        raise UsageError("No source is configured; write a [[source]] into newsclip.toml, as newsclip init shows.")


def _from_file(file: Path | None) -> tuple[Values, list[dict[str, Any]]]:
    """Return the sections and the sources of a file."""
    path = file or DEFAULT_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if file is None:
            return {}, []
        raise UsageError(f"There is no {file}; write one with: newsclip init") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}).") from None
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not TOML: {error}.") from None
    sources = found.pop(_SOURCE, [])
    if not isinstance(sources, list) or not all(isinstance(source, dict) for source in sources):
        raise UsageError(f"A source in {path} is no section of its own; write [[source]] above each, in two brackets.")
    for name, section in found.items():
        _refuse_unknown(name, {**SECTIONS, _SOURCE: SourceOptions}, f"section [{name}]", str(path))
        if not isinstance(section, dict):
            raise UsageError(f"{name} in {path} stands outside a section; write [{name}] and what it sets below.")
    return found, sources


def read_source(keys: Mapping[str, Any], number: int, place: str) -> SourceOptions:
    """Return a source from the keys of its [[source]]; the number is its place among them, for one without a name.

    Raises:
        UsageError: a key or value is wrong; the message names the source.

    """
    if not keys.get("name"):
        raise UsageError(f'Source number {number} in {place} has no name; give it one, as in name = "example".')
    return SourceOptions(**_typed(SourceOptions, keys, f"of source {keys['name']!r}", place))


def _typed(kind: type, keys: Mapping[str, Any], where: str, place: str) -> dict[str, Any]:
    """Return the values of a section in the types of its dataclass."""
    known = {key.name: key for key in dataclasses.fields(kind) if key.init}
    kinds = get_type_hints(kind)
    typed = {}
    for key, value in keys.items():
        _refuse_unknown(key, known, f"key {key!r} {where}", place)
        what = f"{key} {where}"
        form = known[key].metadata.get("form")
        if known[key].metadata.get("secret") and not isinstance(value, str):
            raise UsageError(f"{what} ({place}, its value is not shown) is no text; write it in quotes.")
        typed[key] = (
            _formed(kinds[key], form, value, what, place) if form else _converted(kinds[key], value, what, place)
        )
    return typed


def _from_environment(environ: Mapping[str, str]) -> Values:
    found: Values = {}
    for name, value in environ.items():
        if not name.startswith(_PREFIX) or name == _FILE_VARIABLE:
            continue
        section, _, key = name.removeprefix(_PREFIX).lower().partition("_")
        _refuse_unknown(section, SECTIONS, f"variable {name}", "the environment")
        found.setdefault(section, {})[key] = value
    return found


def _refuse_unknown(name: str, known: Mapping[str, Any], what: str, place: str) -> None:
    if name in known:
        return
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    remedy = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}."
    raise UsageError(f"There is no {what} ({place}); {remedy}")


def _formed(kind: Any, form: str, value: Any, what: str, place: str) -> Any:
    """Return a value that is written in a form of its own, or a list of such values."""
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise UsageError(f'{what} = {value!r} ({place}) is no list; write it in brackets, as in ["…", "…"].')
        return tuple(dict.fromkeys(_formed(get_args(kind)[0], form, one, what, place) for one in value))
    if not isinstance(value, str):
        if form == "size":
            return _converted(kind, value, what, place)
        raise UsageError(f"{what} = {value!r} ({place}) is no text; write it in quotes, with its unit if it has one.")
    try:
        return _FORMS[form](value)
    except UsageError as error:
        raise UsageError(f"{what} ({place}): {error}") from None


def _converted(kind: Any, value: Any, what: str, place: str) -> Any:
    """Return the value in the key's own type; text is read as a person would write it, other kinds are refused."""
    if kind == tuple[str, ...] and isinstance(value, str):
        value = value.replace(",", " ").split()
    try:
        return msgspec.convert(value, kind, strict=not isinstance(value, str))
    except msgspec.ValidationError as error:
        raise UsageError(f"{what} = {value!r} ({place}): {str(error)[:1].lower()}{str(error)[1:]}.") from None
