"""The documents are held to the program: what they name exists, and what exists is named."""

import ast
import functools
import importlib
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from pydantic import BaseModel, TypeAdapter

import inboxd
from inboxd import config
from inboxd.cli.root import cli
from inboxd.core.case import Outcome, Promise, State
from inboxd.core.commands import VERBS
from inboxd.core.model import Kind
from inboxd.errors import Exit

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PLANNED = "planned: later issue"

# Sentences of each section of the policy that promise or rule something.
SENTENCES = {"01": 4, "02": 9, "03": 8, "04": 8, "05": 5, "06": 2, "07": 2, "08": 1}


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "deploy" / "README.md"]


# --- tests that documents cite -------------------------------------------------------------------

_CITED = re.compile(r"tests/[\w/]+\.py(?:::\w+)+")


@functools.cache
def _tests_of(path: Path) -> frozenset[str]:
    """Names of the tests of a file; methods as `Class::method`."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            methods = [n.name for n in node.body if isinstance(n, ast.FunctionDef)]
            found.update(f"{node.name}::{name}" for name in methods)
    return frozenset(name for name in found if name.rpartition("::")[2].startswith("test_"))


def _exists(cited: str) -> bool:
    file, _, name = cited.partition("::")
    return (ROOT / file).is_file() and name in _tests_of(ROOT / file)


def test_every_test_that_a_document_cites_exists():
    cited = {c for path in _documents() for c in _CITED.findall(path.read_text("utf-8"))}
    assert sorted(c for c in cited if not _exists(c)) == []


def test_every_case_of_the_corpus_that_a_document_cites_exists():
    cited = re.findall(r"tests/corpus/[\w./-]+\w", _read("docs/policy-conformance.md"))
    assert cited and [case for case in cited if not (ROOT / case / "message.eml").is_file()] == []


def test_every_invariant_names_a_test_that_exists():
    lines = _read("docs/architecture.md").split("## Invariants")[1].split("## ")[0].splitlines()
    numbered = {int(m[1]): line for line in lines if (m := re.match(r"(\d+)\. \*\*", line))}
    assert sorted(numbered) == list(range(1, 13))
    without = [n for n, line in numbered.items() if not any(map(_exists, _CITED.findall(line)))]
    assert without == []


# --- the policy ----------------------------------------------------------------------------------


def _promises() -> list[tuple[str, str, str, str]]:
    """(section, sentence, how, test) of each row of the conformance table."""
    rows = re.findall(
        r'^\| (\d\d) \| "([^"]+)" \| (.+?) \| (.+?) \|$', _read("docs/policy-conformance.md"), re.M
    )
    return [(section, sentence, how, test) for section, sentence, how, test in rows]


def test_every_sentence_of_the_policy_has_one_row():
    rows = _promises()
    counted = {section: sum(row[0] == section for row in rows) for section in SENTENCES}
    assert counted == SENTENCES
    assert len({sentence for _, sentence, _, _ in rows}) == sum(SENTENCES.values())
    assert len(rows) == _read("docs/policy-conformance.md").count("\n| 0")


@pytest.mark.parametrize("row", _promises(), ids=lambda row: f"{row[0]} {row[1][:40]}")
def test_a_promise_is_held_by_a_test_or_is_planned(row):
    _, _, _, test = row
    cited = _CITED.findall(test)
    assert test == PLANNED or (cited and all(map(_exists, cited)))


def test_only_publication_and_details_of_follow_up_may_be_planned():
    planned = [sentence for _, sentence, how, test in _promises() if PLANNED in how + test]
    about = re.compile(r"credit|disclosure|Follow-up")
    assert [sentence for sentence in planned if not about.search(sentence)] == []


def test_the_code_that_a_promise_is_kept_by_exists():
    named = {name for _, _, how, _ in _promises() for name in re.findall(r"`(core\.[\w.]+)`", how)}
    assert named
    assert sorted(name for name in named if not _is_code(f"inboxd.{name}")) == []


def _is_code(name: str) -> bool:
    parts = name.split(".")
    for length in range(len(parts), 1, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


# --- the command line ----------------------------------------------------------------------------


def _verbs(group: click.Group, before: str = "inboxd") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _verbs(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


def test_every_verb_is_documented():
    text = _read("README.md") + _read("docs/operations.md")
    assert [verb for verb, _ in _verbs(cli) if f"`{verb}`" not in text] == []


def _commands_shown() -> Iterator[str]:
    """Command lines of inboxd in code blocks of the documents and in the unit."""
    for path in _documents():
        for block in re.findall(r"^```sh\n(.*?)^```", path.read_text("utf-8"), re.M | re.S):
            for line in block.splitlines():
                found = re.search(r"(?:^|/bin/)(inboxd [\w-][^&>|)]*)", line.split(" #")[0])
                if found:
                    yield found[1].strip()
    for line in _read("deploy/inboxd.service").splitlines():
        if line.startswith("ExecStart="):
            yield line.partition("/bin/")[2]


@pytest.mark.parametrize("line", sorted(set(_commands_shown())))
def test_a_command_that_is_shown_is_understood(line):
    words = shlex.split(line)
    command: click.Command = cli
    context = cli.make_context(words[0], words[1:], obj=None)
    while isinstance(command, click.Group):
        rest = [*context._protected_args, *context.args]
        name, found, rest = command.resolve_command(context, rest)
        assert found is not None and name is not None
        command = found
        try:
            context = command.make_context(name, rest, parent=context)
        except click.BadParameter as error:
            if not isinstance(error.param, click.Argument):  # a file that is only an example
                raise
            break


def test_every_exit_code_is_documented():
    text = _read("docs/operations.md").split("## Exit codes")[1].split("## ")[0]
    assert [int(code) for code in Exit if f"| {int(code)} |" not in text] == []


# --- the configuration ---------------------------------------------------------------------------


def _models() -> dict[str, type[BaseModel]]:
    """Section name to its model, from the model of the whole file."""
    found = {}
    for name, field in config.Config.model_fields.items():
        for candidate in (field.annotation, *get_args(field.annotation)):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                found[name] = candidate
    found["scope.sub_processor"] = config.SubProcessorEntry
    return found


def _example() -> Iterator[tuple[str, str, Any, bool]]:
    """(section, key, value, is it commented out) of each line of the example."""
    section = ""
    for line in _read("config.example.toml").splitlines():
        if header := re.match(r"\[+([\w.]+)\]+", line):
            section = header[1]
        elif section and (pair := re.match(r"(# )?([a-z_]+) = (.+)$", line)):
            yield section, pair[2], tomllib.loads(f"value = {pair[3]}")["value"], bool(pair[1])


def test_every_configuration_key_is_in_the_example_and_no_other():
    shown: dict[str, set[str]] = {}
    for section, key, _, _ in _example():
        shown.setdefault(section, set()).add(key)
    known = {name: set(model.model_fields) for name, model in _models().items()}
    known["scope"].discard("sub_processor")  # a table of its own
    assert shown == known


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [(section, key, value) for section, key, value, commented in _example() if commented],
)
def test_a_key_that_is_commented_out_shows_its_default(section, key, value):
    field = _models()[section].model_fields[key]
    assert not field.is_required() and field.annotation is not None
    default = field.get_default(call_default_factory=True)
    adapter: TypeAdapter[Any] = TypeAdapter(field.annotation)
    shown = adapter.validate_python(value)
    if default is None:
        assert shown is not None  # TOML has no null: a path or a secret as an example
    else:
        assert adapter.dump_python(shown, mode="json") == adapter.dump_python(default, mode="json")


def test_a_key_that_stands_in_the_example_belongs_to_the_site():
    """Whoever leaves such a line as it is gets a value that is not the default, or must look."""
    same = []
    for section, key, value, commented in _example():
        field = _models()[section].model_fields[key]
        if commented or field.is_required():
            continue
        if value == field.get_default(call_default_factory=True) and value not in ("", []):
            same.append(f"{section}.{key}")
    assert same == []


def test_the_example_is_a_valid_configuration():
    assert config.load(ROOT / "config.example.toml").address.security == "security@mykonci.com"


# --- events, words, commands ---------------------------------------------------------------------


def _events() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Event to (level, keys), read from the one module that may log."""
    found = {}
    for node in ast.walk(ast.parse(_read("inboxd/eventlog.py"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "_say"
        ):
            level, event = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
            found[str(event)] = (str(level), tuple(k.arg or "" for k in node.keywords))
    return found


def test_every_log_event_is_documented_with_its_level_and_keys():
    rows = re.findall(
        r"^\| `([a-z.-]+\.[a-z-]+)` \| (\w+) \| ([^|]*)\|", _read("docs/operations.md"), re.M
    )
    shown = {event: (level, tuple(re.findall(r"\w+", keys))) for event, level, keys in rows}
    assert shown == _events()


def test_every_metric_is_documented():
    names = set(re.findall(r'"(inboxd_\w+)"', _read("inboxd/adapters/metrics.py")))
    shown = set(re.findall(r"^\| `(inboxd_\w+)`", _read("docs/operations.md"), re.M))
    assert shown == names


def test_every_member_command_is_documented():
    shown = re.findall(r"^\| `/(\w+)", _read("docs/member-commands.md"), re.M)
    assert sorted(shown) == sorted(VERBS)


def test_the_glossary_has_the_words_of_the_code():
    text = _read("docs/glossary.md")
    words = [word.value for noun in (Kind, State, Promise, Outcome) for word in noun]
    assert [word for word in words if f"`{word}`" not in text] == []


# --- the documents themselves --------------------------------------------------------------------


def test_the_newest_change_is_this_version():
    newest = re.search(r"^## \[([^\]]+)\]", _read("CHANGELOG.md"), re.M)
    assert newest is not None and newest[1] == inboxd.__version__


def test_the_changelog_speaks_to_operators():
    newest = _read("CHANGELOG.md").split("\n## ")[1]
    assert "### Operators" in newest


@pytest.mark.parametrize("path", sorted(DOCS.glob("adr/*.md")), ids=lambda path: path.stem)
def test_a_decision_is_short_and_says_what_it_costs(path):
    lines = path.read_text("utf-8").splitlines()
    headings = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert headings == ["Context", "Choice", "Cost", "Revisit"]
    assert lines[0].startswith(f"# {int(path.name[:4])}. ")
    assert len(lines) <= 40


def test_every_runtime_dependency_has_a_reason():
    project = tomllib.loads(_read("pyproject.toml"))["project"]
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    names = [re.split(r"[\[<>=]", name)[0] for name in (*project["dependencies"], *extras)]
    text = _read("docs/adr/0003-dependencies.md")
    assert [name for name in names if not re.search(rf"\b{re.escape(name)}\b", text)] == []


def test_the_architecture_fits_on_a_few_pages_and_names_real_modules():
    text = _read("docs/architecture.md")
    assert len(text.splitlines()) <= 150
    named = re.findall(r"^(inboxd/\S+)", text, re.M)
    assert [name for name in named if not (ROOT / name).exists()] == []
    core = text.split("inboxd/core/ ")[1].split("inboxd/errors.py")[0]
    modules = [path.stem for path in (ROOT / "inboxd" / "core").glob("[a-z]*.py")]
    assert [name for name in modules if not re.search(rf"\b{name}\b", core)] == []


def test_every_link_inside_the_documents_leads_somewhere():
    broken = []
    for path in _documents():
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.name}: {target}")
    assert broken == []


def _tracked() -> list[Path]:
    """Text files of the project; of an unpacked release, which has no git, everything."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    arguments = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(arguments, cwd=ROOT, capture_output=True, check=True).stdout
    paths = (ROOT / name for name in listed.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


# Written in pieces, so that this file does not name them itself.
_PLACES = re.compile(
    "|".join(
        (
            r"(?<![\w.*])/" + r"(?:work|home/\w+|Users|root)/\w",
            r"\.\./" + "shared",
            "index" + "-url",
            r"(?:files\.python" + r"hosted|py" + r"pi|art" + r"ifactory|registry\.np" + r"mjs)\.\w",
        )
    )
)


def test_no_file_names_the_machine_that_it_was_written_on():
    named = []
    for path in _tracked():
        data = path.read_bytes()
        if path.suffix in (".eml", ".asc") or b"\0" in data:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if _PLACES.search(line):
                named.append(f"{path.relative_to(ROOT)}:{number}")
    assert named == []
