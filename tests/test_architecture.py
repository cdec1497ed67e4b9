"""The promises of docs/architecture.md that linters cannot see."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from huizen import retention
from huizen.roles import Permission

ROOT = settings.BASE_DIR
APPS = ["huizen", "partners", "activities", "families", "projects", "demo"]
OURS = [ROOT / name for name in [*APPS, "config"]]


def sources(*folders: Path, pattern: str = "*.py") -> list[Path]:
    return sorted(
        path for folder in folders for path in folder.rglob(pattern) if "migrations" not in path.parts
    )


def patterns(resolver=None, prefix=""):
    """Every address of the portal with its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


VIEWS = list(patterns())


@pytest.mark.parametrize(("route", "view"), VIEWS, ids=[route or "/" for route, _ in VIEWS])
def test_every_view_says_who_may(route, view):
    """django-allauth guards its own pages; LoginRequiredMiddleware covers what it forgets."""
    if view.__module__.startswith("allauth."):
        return
    assert getattr(view, "access", None) in {"public", "members", *Permission}


VALUES = {"int": "1", "slug": "x", "str": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


def address(route: str) -> str:
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: VALUES[m[1] or "str"], route)


CLOSED = [(route, view) for route, view in VIEWS if getattr(view, "access", "public") != "public"]


@pytest.mark.parametrize("route", [route for route, _ in CLOSED])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_sign_in_page(client, db, route, method):
    answer = getattr(client, method)(address(route))
    assert answer.status_code in {302, 405}
    if answer.status_code == 302:
        assert answer.url.startswith("/aanmelden/")


GUARDED = [route for route, view in VIEWS if isinstance(getattr(view, "access", None), Permission)]


@pytest.mark.parametrize("route", GUARDED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_parent_is_refused_on_every_staff_page(client, db, django_user_model, route, method):
    client.force_login(django_user_model.objects.create_user("ouder@voorbeeld.example"))
    assert getattr(client, method)(address(route)).status_code in {403, 405}


def test_every_template_is_used():
    written = "\n".join(path.read_text() for path in sources(*OURS))
    written += "\n".join(path.read_text() for path in sources(ROOT / "templates", pattern="*.*"))
    used_by_libraries = {"account", "mfa", "allauth", "django", "forms"}
    handlers = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    unused = []
    for path in sources(ROOT / "templates", pattern="*.*"):
        name = path.relative_to(ROOT / "templates")
        if name.parts[0] in used_by_libraries or str(name) in handlers:
            continue
        wanted = name.stem.partition(".")[0] if name.parts[0] in {"emails", "sms"} else str(name)
        if wanted not in written:
            unused.append(str(name))
    assert unused == []


OUR_MODELS = [m for name in APPS if apps.is_installed(name) for m in apps.get_app_config(name).get_models()]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_in_the_retention_policy(model):
    entry = retention.policy()["models"][model._meta.label]
    assert sorted(entry["personal"] + entry["other"]) == sorted(
        field.name for field in model._meta.get_fields() if field.concrete
    )
    assert entry["rule"] in retention.policy()["rules"]
    assert not (entry["personal"] and entry["rule"] == "none")


def test_every_timed_rule_of_the_policy_is_carried_out():
    assert set(retention.timed_rules()) == retention.registered()


@pytest.mark.parametrize(
    "path",
    [p for p in sources(*OURS) if {"models", "actions"} & set(p.parts) or p.stem in {"models", "actions"}],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_models_and_actions_know_no_http(path):
    imported = {
        name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    forbidden = ("django.http", "django.shortcuts", "django.contrib.messages", "django.forms", "django.views")
    assert [name for name in imported if name.startswith(forbidden)] == []


def test_no_file_is_named_after_a_drawer():
    drawers = {"utils", "helpers", "services", "common", "constants", "mixins", "misc", "lib", "tools"}
    assert [str(p) for p in sources(*OURS) if p.stem in drawers] == []


def test_no_file_is_longer_than_four_hundred_lines():
    long = [p for p in sources(*OURS, ROOT / "tests") if len(p.read_text().splitlines()) > 400]
    assert [str(p.relative_to(ROOT)) for p in long] == []


def test_every_file_says_what_it_gives():
    silent = [
        str(path.relative_to(ROOT))
        for path in sources(*OURS)
        if path.name not in {"__init__.py", "apps.py", "urls.py"}
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def code_with(pattern: str) -> list[str]:
    """The files of ours in which a pattern stands."""
    return [str(p.relative_to(ROOT)) for p in sources(*OURS) if re.search(pattern, p.read_text())]


def test_mail_leaves_through_the_outbox_alone():
    assert code_with(r"smtplib|(?<!def )\bsend_mail\(|EmailMessage\(|EmailMultiAlternatives|mail_admins") == [
        "huizen/outbox/transport.py"
    ]


def test_no_signals_and_no_overridden_save():
    assert (
        code_with(
            r"@receiver|import .*_(?:save|delete|changed)\b|django\.dispatch|\bsignals\b|_(?:save|delete|init|migrate|changed)\.connect\(|def save\(self"
        )
        == []
    )


def test_no_model_has_a_default_order():
    assert [m._meta.label for m in OUR_MODELS if m._meta.ordering] == []


def test_business_time_is_never_left_to_the_broker():
    assert code_with(r"countdown=|\beta=|self\.retry\(") == []


def test_the_clock_is_read_at_the_doors_only():
    """Views, tasks, commands, middleware and the ear of allauth read the clock; all else is told the time."""
    doors = {"views", "tasks", "management", "api", "templatetags", "letterbox", "accounts"}
    inside = [
        name
        for name in code_with(r"timezone\.now\(\)|datetime\.now\(|localdate\(\)")
        if not doors & set(Path(name).with_suffix("").parts)
    ]
    assert inside == []


def test_the_repository_holds_no_address_of_a_registry_and_no_path_of_a_machine():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    texts = [
        ROOT / name
        for name in listed
        if name.endswith((".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".sh"))
    ]
    found = [
        str(p.relative_to(ROOT))
        for p in texts
        if p.exists() and re.search(r"--(?:extra-)?index-url|/(?:simple|home|root)/", p.read_text())
    ]
    assert found == []


def test_every_task_of_the_clock_exists():
    from config.celery import app

    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks) == set()
