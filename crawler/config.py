"""newsclip.toml, the environment and the flags, in one typed `Settings`.

Strategy: the dataclasses are the list of keys. Each source of values (file, environment, flags) becomes a plain dict
of `{section: {key: value}}`; later ones win: file < environment < flags. Every dict is checked against the dataclass
it is meant for, so a misspelt key or a value of the wrong kind is refused where it stands, with its name, its value
and the nearest key that exists. Environment names are NEWSCLIP_<SECTION>_<KEY>, as in NEWSCLIP_FETCH_DELAY=0,
and NEWSCLIP_CONFIG for the file itself.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

import msgspec

from archive.errors import UsageError
from crawler.options import FetchOptions
from crawler.quantities import parse_size
from crawler.rescue_options import RescueOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_FILE = Path("newsclip.toml")
_PREFIX = "NEWSCLIP_"
_FILE_VARIABLE = "NEWSCLIP_CONFIG"
_Section = TypeVar("_Section")
Values = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CollectionOptions:
    """Where the collection is and who answers for it (`operator` goes into every WARC file and the User-Agent)."""

    path: str = "collection"
    operator: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, a field a section of newsclip.toml."""

    collection: CollectionOptions = field(default_factory=CollectionOptions)
    fetch: FetchOptions = field(default_factory=FetchOptions)
    rescue: RescueOptions = field(default_factory=RescueOptions)


SECTIONS: Mapping[str, type] = {"collection": CollectionOptions, "fetch": FetchOptions, "rescue": RescueOptions}


def load_settings(file: Path | None, environ: Mapping[str, str], flags: Values) -> Settings:
    """Return the settings from a file (or ./newsclip.toml if there is one), the environment, and flags.

    Raises:
        UsageError: a file that was named is missing or not TOML, or a key or value is wrong.

    """
    values: Values = {name: {} for name in SECTIONS}
    if file is None and environ.get(_FILE_VARIABLE):
        file = Path(environ[_FILE_VARIABLE])
    for source, found in (
        (str(file or DEFAULT_FILE), _from_file(file)),
        ("the environment", _from_environment(environ)),
        ("the command line", flags),
    ):
        for section, keys in found.items():
            _refuse_unknown(section, SECTIONS, f"section [{section}]", source)
            known = {key.name: key for key in dataclasses.fields(SECTIONS[section])}
            kinds = get_type_hints(SECTIONS[section])
            for key, value in keys.items():
                _refuse_unknown(key, known, f"key {key!r} in [{section}]", source)
                read = parse_size if known[key].metadata.get("form") == "size" and isinstance(value, str) else None
                what = f"{key} in [{section}]"
                values[section][key] = read(value) if read else _converted(kinds[key], value, what, source)
    return Settings(
        collection=_built(CollectionOptions, values["collection"]),
        fetch=_built(FetchOptions, values["fetch"]),
        rescue=_built(RescueOptions, values["rescue"]),
    )


def _from_file(file: Path | None) -> Values:
    path = file or DEFAULT_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if file is None:
            return {}
        raise UsageError(f"There is no {file}; write one with: newsclip init") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}).") from None
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not TOML: {error}.") from None
    for name, section in found.items():
        _refuse_unknown(name, SECTIONS, f"section [{name}]", str(path))
        if not isinstance(section, dict):
            raise UsageError(f"{name} = {section!r} in {path} stands outside a section; write it below [{name}].")
    return found


def _from_environment(environ: Mapping[str, str]) -> Values:
    found: Values = {}
    for name, value in environ.items():
        if not name.startswith(_PREFIX) or name == _FILE_VARIABLE:
            continue
        section, _, key = name.removeprefix(_PREFIX).lower().partition("_")
        _refuse_unknown(section, SECTIONS, f"variable {name}", "the environment")
        found.setdefault(section, {})[key] = value
    return found


def _refuse_unknown(name: str, known: Mapping[str, Any], what: str, source: str) -> None:
    if name in known:
        return
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    remedy = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}."
    raise UsageError(f"There is no {what} ({source}); {remedy}")


def _converted(kind: Any, value: Any, what: str, source: str) -> Any:
    """Return the value in the key's own type; text is read as a person would write it, other kinds are refused."""
    if kind == tuple[str, ...] and isinstance(value, str):
        value = value.replace(",", " ").split()
    try:
        return msgspec.convert(value, kind, strict=not isinstance(value, str))
    except msgspec.ValidationError as error:
        raise UsageError(f"{what} = {value!r} ({source}): {str(error)[:1].lower()}{str(error)[1:]}.") from None


def _built(section: type[_Section], values: dict[str, Any]) -> _Section:
    return section(**values)
